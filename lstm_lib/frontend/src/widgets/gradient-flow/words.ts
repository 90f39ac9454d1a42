// How a size, a share and a factor are written, and "what you see", all from the logarithms of the run.
import type { Language, Params } from "../../host/locale.ts";
import { formatInteger, type NumberOptions } from "../../ui/format.ts";
import type { Line, Scene } from "./scene.ts";

export interface Words {
  t: (key: string, params?: Params) => string;
  num: (value: number, options?: NumberOptions) => string;
  percent: (share: number, digits?: number) => string;
  language: Language;
}

/** A size by its log10: a plain number where that is short, else a power of ten: [number, exponent]. */
export function sizeParts(log: number, { num }: Pick<Words, "num">): [string, string] {
  if (log === -Infinity) return ["0", ""];
  if (log >= -3 && log < 4) {
    const value = 10 ** log;
    return [num(value, { digits: value >= 100 ? 0 : value >= 10 ? 1 : value >= 1 ? 2 : value >= 0.1 ? 2 : value >= 0.01 ? 3 : 4 }), ""];
  }
  return ["10", num(log, { digits: 1 })];
}

/** The same where it is only heard. */
export function sizeSaid(log: number, words: Pick<Words, "t" | "num">): string {
  const [base, power] = sizeParts(log, words);
  return power ? words.t("gradient-flow.power", { power }) : base;
}

/** A factor of one step: how far it is from 1 has two digits, since that is what a power of it hangs on. */
export function factorText(factor: number, { num }: Pick<Words, "num">): string {
  const apart = Math.abs(factor - 1), near = factor === 1 ? 2 : apart < 0.00995 ? 4 : apart < 0.0995 ? 3 : 2;
  return num(factor, { digits: factor >= 100 ? 0 : factor >= 10 ? 1 : factor > 0 && factor < 0.1 ? 3 : near });
}

/** What is left, as a share of what was sent: a percentage, one part in so many, so many times, or a power of ten. */
export function shareSaid(log: number, words: Words): string {
  const [before, size, after] = shareParts(log, words);
  return size === null ? before : `${before}${sizeSaid(size, words)}${after}`;
}

/** The same in three parts, the middle one a power of ten by its logarithm, or null if there is none. */
export function shareParts(log: number, words: Words): [string, number | null, string] {
  const apart = (key: string): [string, number, string] => { const [before, after] = words.t(key, { count: "\u0000", power: "\u0000" }).split("\u0000"); return [before, log, after]; };
  return log >= 6 ? apart("gradient-flow.left.times") : log < -11.999 && log > -Infinity ? apart("gradient-flow.left.power") : [plainShare(log, words), null, ""];
}

function plainShare(log: number, words: Words): string {
  const { t, num, percent, language } = words;
  if (log === -Infinity) return t("gradient-flow.left.none");
  if (log >= 1) return t("gradient-flow.left.times", { count: formatInteger(Math.round(10 ** log), language) });
  if (log >= -2) return t("gradient-flow.left.all", { share: percent(10 ** log, log < -1 ? 1 : 0) });
  const many = 10 ** -log, size = 10 ** Math.max(0, Math.floor(-log + 1e-9) - 1), rounded = Math.round(many / size) * size;
  for (const [unit, key] of [[1e9, "billion"], [1e6, "million"]] as const) {
    if (rounded >= unit) {
      const count = rounded / unit;
      return t(`gradient-flow.left.${key}${count < 2 ? "_one" : ""}`, { count: num(count, { digits: count < 10 && count % 1 ? 1 : 0 }) });
    }
  }
  return t("gradient-flow.left.one_in", { count: formatInteger(rounded, language) });
}

export const networkName = ({ name, relu = false }: { name: string; relu?: boolean }, { t }: Pick<Words, "t">): string => t(`gradient-flow.name.${relu ? "relu" : name}`);
export const verdictName = (verdict: string, { t }: Pick<Words, "t">): string => t(`gradient-flow.verdict.${verdict}`);

/** "What you see", with the marks of Rich. */
export function seeText(scene: Scene, position: number, words: Words): string {
  const { t, num } = words, { T, lines, line } = scene, out: string[] = [];
  if (position === T) return t("gradient-flow.see.start", { T, gain: `**${num(scene.settings.gain)}**` });
  out.push(t(T - position === 1 ? "gradient-flow.see.back_one" : "gradient-flow.see.back", { count: T - position, T, at: position }));
  for (const one of [line, ...lines.filter((other) => other !== line)]) {
    const log = change(one, position), verdict = `**${verdictName(scene.verdictAt(one, position), words)}**`, name = networkName(one, words);
    if (one === line && log === -Infinity) out.push(t("gradient-flow.see.zero", { name }));
    else if (one === line) out.push(t("gradient-flow.see.line", { name, factor: `**${factorText(10 ** (log / (T - position)), words)}**`, share: shareSaid(log, words), verdict }));
    else out.push(t("gradient-flow.see.other", { name, share: shareSaid(log, words), verdict }));
  }
  if (line.shift < 0) out.push(t("gradient-flow.see.clip", { by: line.shift > -6 ? num(10 ** -line.shift, { digits: line.shift > -1 ? 1 : 0 }) : sizeSaid(-line.shift, words) }));
  return out.join(" ");
}

/** log10 of what is left at a step of what left the last one. */
export const change = (line: Line, t: number): number => line.logs[t - 1] - line.logs[line.logs.length - 1];
