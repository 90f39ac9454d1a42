// The rules of the question card, the same as lstm_lib/checks.py; tests/vectors/question.json holds both to them.

export type Text = { pt: string; en: string };
export interface Mistake { when: unknown; say: Text }
interface Common {
  id: string; number: string; minutes: number; prompt: Text; right: Text; otherwise: Text;
  mistakes?: Mistake[]; label?: Text; predict?: boolean;
}
export interface ChoiceSpec extends Common { kind: "choice"; options: Text[]; answer: number }
export interface NumberSpec extends Common { kind: "number"; answer: number; tolerance: number; unit?: string | Text }
export interface OrderSpec extends Common { kind: "order"; options: Text[]; answer: number[] }
export type Spec = ChoiceSpec | NumberSpec | OrderSpec;

export interface Verdict {
  verdict: "" | "right" | "wrong";
  source: "right" | "otherwise" | "unreadable" | ["mistake", number];
  say: Text | null; // null: unreadable, the words are in locale exercises.unreadable-<kind>
}

const ROUNDING = 1e-12; // a sum such as 0.9 - 0.005 must not fall just outside its own tolerance

/** A number as a reader writes it (comma or point, any minus, spaces, %), or null. With both signs the later one is the decimal. */
export function readNumber(written: unknown, percent = false): number | null {
  if (typeof written === "number") return Number.isFinite(written) ? written : null;
  if (typeof written !== "string") return null;
  let compact = written.replace(/\s+/g, "").replace(/[\u2212\u2013]/g, "-");
  const hundredth = compact.endsWith("%");
  if (hundredth) compact = compact.slice(0, -1);
  if (compact.includes(",") && compact.includes(".")) {
    compact = compact.replaceAll(compact.lastIndexOf(".") > compact.lastIndexOf(",") ? "," : ".", "");
  }
  compact = compact.replaceAll(",", ".");
  if (!/^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?$/.test(compact)) return null;
  const value = Number(compact);
  if (!Number.isFinite(value)) return null;
  return hundredth && !percent ? value / 100 : value;
}

/** The answer as the rules compare it, or null if it cannot be read. */
export function readAnswer(spec: Spec, answer: unknown): number | number[] | null {
  if (spec.kind === "number") return readNumber(answer, spec.unit === "%");
  const index = (a: unknown) => (typeof a === "number" && Number.isInteger(a) && a >= 0 && a < spec.options.length ? a : null);
  if (spec.kind === "choice") return index(answer);
  if (!Array.isArray(answer)) return null;
  const order = answer.map(index), sorted = order.map((i) => i ?? -1).sort((a, b) => a - b);
  return sorted.length === spec.options.length && sorted.every((i, k) => i === k) ? (order as number[]) : null;
}

const near = (given: number, expected: number, tolerance: number) => Math.abs(given - expected) <= tolerance + ROUNDING;
const equal = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

function fits(spec: Spec, when: unknown, given: number | number[]): boolean {
  if (spec.kind === "number") {
    if (Array.isArray(when)) return (when[0] as number) <= (given as number) && (given as number) <= (when[1] as number);
    return near(given as number, when as number, spec.tolerance);
  }
  if (spec.kind === "order" && when !== null && typeof when === "object" && !Array.isArray(when)) {
    const [first, second] = (when as { before: [number, number] }).before;
    return (given as number[]).indexOf(first) < (given as number[]).indexOf(second);
  }
  return equal(given, when);
}

export function judgeAnswer(spec: Spec, answer: unknown): Verdict {
  const given = readAnswer(spec, answer);
  if (given === null) return { verdict: "", source: "unreadable", say: null };
  if (spec.kind === "number" ? near(given as number, spec.answer, spec.tolerance) : equal(given, spec.answer)) {
    return { verdict: "right", source: "right", say: spec.right };
  }
  const index = (spec.mistakes ?? []).findIndex((m) => fits(spec, m.when, given));
  if (index >= 0) return { verdict: "wrong", source: ["mistake", index], say: spec.mistakes![index].say };
  return { verdict: "wrong", source: "otherwise", say: spec.otherwise };
}

export function isSpec(value: unknown): value is Spec {
  const spec = value as Partial<Spec> | null;
  return !!spec && typeof spec === "object" && ["choice", "number", "order"].includes(spec.kind ?? "") && !!spec.prompt;
}
