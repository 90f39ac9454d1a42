// Text from locale files and question specs, inserted as text: *italic*, **value**, and {f}, {c_t}, {h_t-1}
// for the book's symbols in their colours; question specs write $f$, $c_t$, $c_{t-1}$ and `code`. Nothing else is markup.
import type { JSX } from "preact";
import type { Letter } from "./quantities.ts";

/** A quantity's letter, italic and in its colour, with an optional subscript. */
export function Symbol({ q, sub }: { q: Letter; sub?: string }): JSX.Element {
  return <i class={`sym q-${q}`}>{q}{sub ? <sub>{sub.replace(/-/g, "\u2212")}</sub> : null}</i>;
}

const MARK = /\*\*(.+?)\*\*|\*([^*\s][^*]*)\*|\{([figoch])(?:_([\w+-]+))?\}|\$([^$]+)\$|`([^`]+)`/g;
const TEX = /^([A-Za-z])(?:_(?:\{([^}]*)\}|(\w)))?$/;

function TeX({ tex }: { tex: string }): JSX.Element {
  const found = TEX.exec(tex);
  if (!found) return <i class="sym">{tex}</i>;
  const sub = found[2] ?? found[3];
  if ("figoch".includes(found[1])) return <Symbol q={found[1] as Letter} sub={sub} />;
  return <i class="sym">{found[1]}{sub ? <sub>{sub.replace(/-/g, "\u2212")}</sub> : null}</i>;
}

export function Rich({ text }: { text: string }): JSX.Element {
  const parts: (string | JSX.Element)[] = [];
  let from = 0;
  text = text.replace(/([}$]) ([=≈<>]) (?=[\d{$*+\u2212-])/g, "$1\u00a0$2\u00a0"); // "f = 0,9" stays on one line
  for (const found of text.matchAll(MARK)) {
    if (found.index > from) parts.push(text.slice(from, found.index));
    if (found[1] !== undefined) parts.push(<b class="v"><Rich text={found[1]} /></b>);
    else if (found[2] !== undefined) parts.push(<i>{found[2]}</i>);
    else if (found[3] !== undefined) parts.push(<Symbol q={found[3] as Letter} sub={found[4]} />);
    else if (found[5] !== undefined) parts.push(<TeX tex={found[5]} />);
    else parts.push(<code>{found[6]}</code>);
    from = found.index + found[0].length;
  }
  if (from < text.length) parts.push(text.slice(from));
  return <>{parts}</>;
}

/** The same text without its marks, for labels that are only heard. */
export function plain(text: string): string {
  return text.replace(MARK, (_, bold, italic, letter, sub, tex, code) => bold ? plain(bold) : italic ?? code
    ?? (tex !== undefined ? tex.replace(/[_{}]+/g, " ").trim() : letter + (sub ? ` ${sub}` : "")));
}
