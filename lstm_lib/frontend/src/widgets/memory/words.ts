// What is seen, in words, from the run.
import type { Surroundings } from "../../host/widget.tsx";
import type { Scene } from "./scene.ts";

type Words = Pick<Surroundings, "t" | "num" | "percent">;

/** "passo 3", or the word that is read there. */
export function stepName({ t }: Pick<Words, "t">, scene: Pick<Scene, "words">, k: number): string {
  return scene.words[k] ? t("memory.step_word", { n: k + 1, word: scene.words[k] }) : t("memory.step", { n: k + 1 });
}

/** “menina”, or x₃. */
export function inputName({ t }: Pick<Words, "t">, scene: Pick<Scene, "words">, k: number): string {
  return scene.words[k] ? t("memory.quoted", { word: scene.words[k] }) : `x${String(k + 1).replace(/\d/g, (digit) => "₀₁₂₃₄₅₆₇₈₉"[Number(digit)])}`;
}

const at = ({ t }: Pick<Words, "t">, scene: Scene, k: number) => (scene.words[k] ? t("memory.at_word", { word: scene.words[k] }) : t("memory.at_step", { n: k + 1 }));

export function regimeName({ t }: Pick<Words, "t">, scene: Scene): string {
  return t(`memory.${scene.unit ? "regime" : "course"}.${scene.regime}`);
}

/** Share of the echo's first value that is left at a step; null before it, and where there is none. */
export function left(scene: Scene, k: number): number | null {
  const first = scene.echo[scene.origin];
  return first > 0 && k >= scene.origin ? scene.echo[k] / first : null;
}

export function leftText({ t, percent }: Words, scene: Scene): string {
  const share = left(scene, scene.T - 1);
  if (share === null) return "";
  return t(share > 1 ? "memory.left.more" : "memory.left", { share: share > 0 && share < 0.005 ? `< ${percent(0.01)}` : percent(share) });
}

/** The sentence under the explorable. */
export function seeText(view: Words, scene: Scene): string {
  const { t, num, percent } = view, bold = (v: number) => `**${num(v, { sign: true })}**`, { step, origin, half } = scene, parts: string[] = [];
  if (scene.unit) parts.push(t("memory.see.unit", { weight: `**${num(scene.net.weight_hh[0])}**`, regime: `**${regimeName(view, scene)}**` }));
  else parts.push(t(`memory.see.matrix.${scene.rho < 1 ? "shrinks" : "grows"}.${scene.sigma <= 1 + 1e-9 ? "always" : "stretches"}`, { rho: `**${num(scene.rho)}**`, sigma: `**${num(scene.sigma)}**` }));
  if (scene.course === "silent") parts.push(t("memory.see.silent"));
  else {
    const what = at(view, scene, origin);
    const peak = scene.echo.reduce((best, v, k) => (v > scene.echo[best] ? k : best), origin);
    const values = { what, times: `**${num(scene.echo[peak] / scene.echo[origin], { digits: 1 })}**`, after: stepsText(view, peak - origin), steps: half === null ? stepsText(view, scene.T - 1 - origin) : `**${stepsText(view, half)}**` };
    const grew = scene.course === "swells" || (scene.course === "grows" && !scene.unit);
    parts.push(t(`memory.see.${grew ? "grown_" : ""}${half === null ? "kept" : "half"}`, values));
    const share = left(scene, step);
    if (share === null) parts.push(t("memory.see.before", { where: at(view, scene, step), value: state(view, scene, step) }));
    else parts.push(t("memory.see.now", { where: at(view, scene, step), value: state(view, scene, step), share: percent(share) }));
  }
  const side = sideOf(scene);
  if (side !== null) parts.push(t("memory.see.side", { low: bold(scene.points[0].value), high: bold(scene.points[scene.points.length - 1].value), value: bold(side) }));
  return parts.join(" ");
}

export const stepsText = ({ t }: Pick<Words, "t">, n: number): string => t(n === 1 ? "memory.steps.one" : "memory.steps.many", { n });

/** "h = +0,24", or the two states of a layer. */
export function state({ num }: Words, scene: Scene, k: number): string {
  const signed = (v: number) => num(v, { sign: true });
  return scene.unit ? `{h} = **${signed(scene.hidden[k])}**` : `{h} = **(${signed(scene.hidden[2 * k])}; ${signed(scene.hidden[2 * k + 1])})**`;
}

/** With two stable points: the one the present state would go to in silence. */
export function sideOf(scene: Scene): number | null {
  const stable = scene.points.filter((p) => p.stable), unstable = scene.points.find((p) => !p.stable), last = scene.hidden[scene.step];
  if (scene.regime !== "latching" || stable.length < 2 || !unstable) return null;
  if (Math.abs(last - unstable.value) < 1e-9) return null;
  return last > unstable.value ? stable[stable.length - 1].value : stable[0].value;
}
