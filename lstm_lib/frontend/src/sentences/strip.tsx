// A word of the strip with its bar around half, and where the words stand.
import { Component, type JSX } from "preact";

/** Above this many words the strip shows the percentage of the current word only, and scrolls. */
export const MANY = 40;

/** x of every centre if all words stand in one row; null if they wrap. */
export function rowPositions(boxes: readonly { left: number; top: number; width: number }[], left: number): number[] | null {
  if (!boxes.length || boxes.some((box) => Math.abs(box.top - boxes[0].top) > 2)) return null;
  return boxes.map((box) => box.left + box.width / 2 - left);
}

interface WordProps { k: number; word: string; kind: "" | "cur" | "fut"; share: number | null; before: number | null; weak: boolean; text: string }

/** One word with its bar; drawn again only when something of its own changed, since a text may have hundreds. */
export class Word extends Component<WordProps> {
  override shouldComponentUpdate(next: WordProps): boolean {
    const now = this.props;
    return now.word !== next.word || now.kind !== next.kind || now.share !== next.share || now.before !== next.before || now.weak !== next.weak || now.text !== next.text;
  }
  override render({ k, word, kind, share, before, weak, text }: WordProps): JSX.Element {
    return (
      <li data-t={k} class={kind} aria-current={kind === "cur" ? "step" : undefined}>
        <span class="w" data-w={word}>{word}</span>
        {share !== null && <>
          <span class={weak ? "bar weak" : "bar"}><i style={{ transform: `scaleY(${(1 - 2 * share).toFixed(4)})` }} />
            {before !== null && <s style={{ transform: `translateY(${((1 - before) * 100).toFixed(2)}%)` }} />}</span>
          <span class="p">{text}</span>
        </>}
      </li>
    );
  }
}
