// The chosen letter: how likely each form of it is to each network, and what the network had seen when it chose.
import type { JSX } from "preact";
import { useWidget } from "../../host/widget.tsx";
import { Rich } from "../../ui/Rich.tsx";
import { able, options, seen, type Answers, type Networks } from "./answers.ts";
import { writeShare } from "./words.ts";

export function Letter({ found, networks, letter }: { found: Answers; networks: Networks; letter: number }): JSX.Element {
  const { t, percent } = useWidget(), at = [...found.bare][letter], wanted = found.right === null ? null : [...found.right][letter];
  if (!able(networks, at)) return <p class="plain"><Rich text={t("accents.plain", { letter: at })} /></p>;
  return (
    <div class="letter-panel">
      {found.answers.map((answer) => {
        const known = seen(answer.name, found.bare, letter), hidden = found.bare.length - known.length;
        return (
          <section key={answer.name}>
            <h4>{t(`accents.name.${answer.name}`)}</h4>
            <p class="saw">{t("accents.saw")} <span class="specimen" lang="pt">{known.slice(0, letter)}<b>{known[letter]}</b>{known.slice(letter + 1)}<span aria-hidden="true" class="blank">{"·".repeat(hidden)}</span></span></p>
            <ul class="options">
              {options(answer, networks, letter).map(({ form, share, chosen }) => (
                <li key={form} class={chosen ? "chosen" : ""}>
                  <span class="form" lang="pt">{form}</span>
                  <span class="rail" aria-hidden="true"><i style={{ width: `${100 * share}%` }} /></span>
                  <span class="num">{writeShare(share, { t, percent }, true)}</span>
                  <span class="mark">{form === wanted ? t("accents.right_one") : chosen && wanted !== null ? t("accents.chosen_wrong") : ""}</span>
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </div>
  );
}
