// What decides, in three numbers: the factor that was measured, the one that theory foretells, and what can be said for certain.
import type { ComponentChildren, JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { useWidget } from "../../host/widget.tsx";
import { formatInteger } from "../../ui/format.ts";
import { Rich } from "../../ui/Rich.tsx";
import { SizeText } from "./Marks.tsx";
import type { Scene } from "./scene.ts";
import { factorText, networkName, type Words } from "./words.ts";

export function Facts({ scene, position, words }: { scene: Scene; position: number; words: Words }): JSX.Element {
  const { t } = useWidget(), { T, line, flow, window } = scene, write = (v: number) => factorText(v, words), facts: JSX.Element[] = [];
  // All of it speaks of the steps that the error has made: before the first there is nothing to tell.
  const lag = T - position, reach = window > 0 ? Math.min(window, lag) : lag, total = line.logs[T - 1 - reach] - line.logs[T - 1], at = (key: string) => flow.theory[key][position - 1];
  const over = (log: number) => <SizeText log={log} words={words} />, per = (key: string) => 10 ** (lag ? at(key) / lag : flow.theory[key][0] / (T - 1));
  if (lag > 0) {
    facts.push(
      <Fact key="mean" name={<Rich text={t("gradient-flow.fact.mean")} />} value={total === -Infinity ? "0" : write(10 ** (total / reach))}>
        {split(t(reach === 1 ? "gradient-flow.fact.mean_of_one" : "gradient-flow.fact.mean_of", { count: reach, total: "\u0000" }), over(total))}
      </Fact>,
    );
  }
  if (line.name === "rnn") {
    const radius = per("radius_bare"), typical = per("radius"), { product, says } = flow.exact!, mean = radius > 0 ? write(typical / radius) : "—";
    facts.push(
      <Fact key="radius" name={t("gradient-flow.fact.radius")} value={write(typical)}>
        {lag > 1 ? split(t("gradient-flow.fact.radius_detail", { radius: write(radius), mean, count: lag, total: "\u0000" }), over(at("radius"))) : `${write(radius)} × ${mean}`}
      </Fact>,
      <Fact key="sigma" name={t("gradient-flow.fact.sigma")} value={write(product)}>{t(`gradient-flow.fact.${says}`)}</Fact>,
    );
  } else if (lag > 0) {
    const key = line.name === "lstm" ? "gates" : "carry", mean = per(key);
    facts.push(
      <Fact key="gates" name={<Rich text={t(`gradient-flow.fact.${key}`)} />} value={write(mean)}>
        {split(t("gradient-flow.fact.gates_detail", { mean: write(mean), count: lag, total: "\u0000" }), over(at(key)))}
      </Fact>,
    );
  }
  if (position < T) facts.push(<Largest key="largest" flow={flow} at={position} words={words} />);
  const clip = scene.clip;
  if (clip > 0) {
    const after = Math.log10(clip);
    facts.push(
      <Fact key="clip" name={<Rich text={t("gradient-flow.fact.weights")} />} value={<SizeText log={flow.weightNorm()} words={words} />}>
        {line.shift < 0
          ? split(t("gradient-flow.fact.clip_on", { clip: "\u0001", factor: "\u0000" }), <SizeText log={line.shift} words={words} />, <SizeText log={after} words={words} />)
          : split(t("gradient-flow.fact.clip_off", { clip: "\u0001" }), null, <SizeText log={after} words={words} />)}
      </Fact>,
    );
  }
  return (
    <div class="facts">
      <p class="which"><b>{networkName(line, words)}</b> {t("gradient-flow.fact.size", { units: flow.H, parameters: formatInteger(scene.parameters, words.language) })}</p>
      <dl>{facts}</dl>
    </div>
  );
}

/** By how much the step could have multiplied an error of the worst direction; it takes some time, so it waits for a rest. */
function Largest({ flow, at, words }: { flow: Scene["flow"]; at: number; words: Words }): JSX.Element {
  const { t } = useWidget(), [found, set] = useState<{ flow: Scene["flow"]; at: number; value: number } | null>(null);
  const state = (k: number) => (flow.cell ? `({h_${k}}, {c_${k}})` : `{h_${k}}`);
  useEffect(() => {
    const timer = setTimeout(() => set({ flow, at, value: flow.largestFactor(at) }), 160);
    return () => clearTimeout(timer);
  }, [flow, at]);
  return (
    <Fact name={t("gradient-flow.fact.largest")} value={found && found.flow === flow && found.at === at ? factorText(found.value, words) : "…"}>
      <Rich text={t("gradient-flow.fact.largest_of", { s: state(at + 1), r: state(at) })} />
    </Fact>
  );
}

function Fact({ name, value, children }: { name: ComponentChildren; value: ComponentChildren; children: ComponentChildren }): JSX.Element {
  return <div><dt>{name}</dt><dd><b class="num">{value}</b><span>{children}</span></dd></div>;
}

/** A text with elements in the places of its marks. */
function split(text: string, zero: JSX.Element | null, one: JSX.Element | null = null): ComponentChildren {
  return text.split(/([\u0000\u0001])/).map((piece) => (piece === "\u0000" ? zero : piece === "\u0001" ? one : piece));
}
