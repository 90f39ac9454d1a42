// A word of the strip with its bar around half, and where the words stand.
import { Component, type JSX, type RefObject } from "preact";
import { useEffect, useLayoutEffect, useState } from "preact/hooks";

/** Above this many words the strip shows the percentage of the current word only, and scrolls. */
export const MANY = 40;

/** x of every centre if all words stand in one row; null if they wrap. */
export function rowPositions(boxes: readonly { left: number; top: number; width: number }[], left: number): number[] | null {
  if (!boxes.length || boxes.some((box) => Math.abs(box.top - boxes[0].top) > 2)) return null;
  return boxes.map((box) => box.left + box.width / 2 - left);
}

/** The same for the items of a list, measured when its width or its words change, and once the fonts are there. */
export function useRowPositions(ref: RefObject<HTMLElement | null>, width: number, words: string): number[] | null {
  const [positions, setPositions] = useState<number[] | null>(null);
  useLayoutEffect(() => {
    let current = true;
    const measure = () => {
      const list = ref.current;
      if (!list || !current) return;
      const left = list.getBoundingClientRect().left;
      setPositions(rowPositions([...list.children].map((item) => item.getBoundingClientRect()), left));
    };
    measure();
    document.fonts?.ready.then(measure);
    return () => { current = false; };
  }, [width, words]);
  return positions;
}

/** Which word of the list a pointer means: the nearest of a row, else the one under it. */
export function wordAt(list: HTMLElement, positions: readonly number[] | null, event: PointerEvent): number | null {
  if (positions) {
    const x = event.clientX - list.getBoundingClientRect().left;
    return positions.reduce((best, p, k) => (Math.abs(p - x) < Math.abs(positions[best] - x) ? k : best), 0);
  }
  const under = (list.getRootNode() as ShadowRoot | Document).elementFromPoint(event.clientX, event.clientY)?.closest("[data-t]");
  return under ? Number(under.getAttribute("data-t")) : null;
}

/** A long text scrolls inside itself; the current word stays in view without moving the page. */
export function useWordInView(ref: RefObject<HTMLElement | null>, now: number, count: number): void {
  useEffect(() => {
    const list = ref.current, item = list?.children[now] as HTMLElement | undefined;
    if (!list || !item || list.scrollHeight <= list.clientHeight + 1) return;
    const top = item.offsetTop - list.offsetTop;
    if (top < list.scrollTop || top + item.offsetHeight > list.scrollTop + list.clientHeight) list.scrollTop = top - list.clientHeight / 2 + item.offsetHeight / 2;
  }, [now, count]);
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
