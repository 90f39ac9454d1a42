// The same step as code: the library's own lines. A line lights up with what it computes, a name with its symbol.
import type { JSX } from "preact";
import { useRef } from "preact/hooks";
import { useWidget } from "../../host/widget.tsx";
import { LETTER } from "../../ui/quantities.ts";
import type { Quantity } from "../../core/lstm.ts";
import { useRoving } from "../../ui/roving.ts";
import { CODE, type Piece } from "./lines.ts";
import type { Store } from "./store.ts";
import { blockOf, type Name } from "./symbols.ts";

const colour = (name: Name | null): string => {
  const letter = name && (LETTER[name as Quantity] ?? (name.startsWith("a_") ? blockOf(name) : name === "c_before" ? "c" : null));
  return letter ? ` q-${letter}` : "";
};

function Part({ piece, lit }: { piece: Piece; lit: Name }): JSX.Element {
  if (!piece.name) return <>{piece.text}</>;
  return <span class={`tok${colour(piece.inner ? null : piece.name)}${piece.name === lit ? " lit" : ""}`} data-name={piece.name}>
    {piece.inner ? piece.inner.map((one, k) => <Part key={k} piece={one} lit={lit} />) : piece.text}</span>;
}

export function Code({ store }: { store: Store }): JSX.Element {
  const { t } = useWidget(), ref = useRef<HTMLDivElement>(null), lit = store.quantity.value, lines = CODE[store.view.value];
  const keys = useRoving(ref, ".stmt[data-name]", (one) => one.getAttribute("data-name") === store.state.quantity.peek());
  return (
    <div class="code-box">
      <p class="part-head">{t("step-through.code")} <code>lstm_lib/equations.py</code></p>
      <div ref={ref} class="code" role="group" aria-label={t("step-through.code")} onKeyDown={keys} lang="en" translate={false}>
        {lines.map((line, k) => line.name === null
          ? <div key={k} class="stmt def">{line.text}</div>
          : (
            <div key={k} class={`stmt${line.name === lit ? " lit" : ""}${store.later(line.name) ? " later" : ""}`} data-name={line.name} role="button" tabIndex={-1} aria-pressed={line.name === store.state.quantity.value}>
              {line.pieces.map((piece, p) => <Part key={p} piece={piece} lit={lit} />)}
            </div>
          ))}
      </div>
    </div>
  );
}
