// What the explorable says, all of it computed from the walks.
import type { Surroundings } from "../../host/widget.tsx";
import type { Name, Scene } from "./scene.ts";

type Words = Pick<Surroundings, "t" | "num">;

export const signed = ({ num }: Pick<Words, "num">, v: number): string => num(v, { sign: true });

/** A length as it can be read: digits from 0.0001 to 9999, else a power of 10; an exact zero is a word. */
export function power({ t, num }: Words, v: number): string {
  if (v === 0) return t("cliff.zero");
  if (v >= 0.0001 && v < 10_000) return num(v, { digits: v < 0.01 ? 4 : v < 10 ? 2 : v < 100 ? 1 : 0 });
  return t("cliff.power", { exponent: num(Math.log10(v), { digits: 1 }) });
}

export const placeText = (words: Words, scene: Scene, name: Name): string => {
  const walk = scene.walks[name];
  return weightsText(words, walk.weights[scene.move], walk.biases[scene.move]);
};
const coordinate = ({ num }: Words, v: number, sign: boolean): string => (Math.abs(v) < 1e6 ? num(v, { digits: Math.abs(v) < 10 ? 2 : 0, sign }) : num(v / 10 ** Math.floor(Math.log10(Math.abs(v))), { digits: 1, sign }) + ` · 10^${Math.floor(Math.log10(Math.abs(v)))}`);
export const weightsText = (words: Words, w: number, b: number) => `w = ${coordinate(words, w, false)}, b = ${coordinate(words, b, true)}`;

export const pictureText = (words: Words, scene: Scene): string => words.t("cliff.picture", {
  start: weightsText(words, ...scene.start), edge: signed(words, scene.edgeBias), free: placeText(words, scene, "free"), clipped: placeText(words, scene, "clipped"),
});

/** The sentence under the explorable. */
export function seeText(words: Words, scene: Scene): string {
  const { t, num } = words, steep = scene.start[0] * (1 - scene.unit.initial ** 2), bold = (s: string) => `**${s}**`;
  const parts = [t(steep > 1 ? "cliff.see.edge" : "cliff.see.slope", { weight: bold(num(scene.start[0])), bias: bold(signed(words, scene.edgeBias)), norm: bold(power(words, scene.edgeNorm)), factor: bold(num(steep)) })];
  if (scene.move === 0) return [...parts, t("cliff.see.start", { norm: bold(power(words, scene.walks.free.norms[0])) })].join(" ");
  for (const name of ["free", "clipped"] as const) {
    const walk = scene.walks[name], kind = scene.outcomes[name];
    let longest = 0;
    for (let k = 1; k < scene.move; k++) if (walk.lengths[k] > walk.lengths[longest]) longest = k;
    parts.push(t(`cliff.see.${name}.${kind}`, {
      at: longest + 1, norm: bold(power(words, walk.norms[longest])), length: bold(power(words, walk.lengths[longest])), place: bold(placeText(words, scene, name)),
      error: bold(power(words, walk.errors[scene.move])), now: bold(power(words, walk.norms[scene.move])),
    }));
  }
  if (scene.outcomes.free === scene.outcomes.clipped && scene.move === scene.moves) parts.push(t(scene.walks.clipped.factors.every((f) => f === 1) ? "cliff.see.unused" : "cliff.see.same"));
  return parts.join(" ");
}
