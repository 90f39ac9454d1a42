// The citations of a result; each leads to its entry in the page's list of references, where there is one.
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { useWidget } from "../../host/widget.tsx";
import { WORKS, type Row } from "./data.ts";
import { citation } from "./words.ts";

const letters = (text: string) => text.toLowerCase().normalize("NFD").replace(/[^a-z0-9]+/g, "");

/** Ids of the entries in the list of references, by the work's key: an entry is known by its title. */
export function entries(root: ParentNode, keys: string[]): Record<string, string> {
  const found: Record<string, string> = {};
  for (const entry of root.querySelectorAll(".citation[id]")) {
    const text = letters(entry.textContent ?? "");
    for (const key of keys) if (text.includes(letters(WORKS[key].title)) && text.includes(String(WORKS[key].year))) found[key] ??= entry.id;
  }
  return found;
}

/** Where the page's entries are, looked up once it is there. */
export function useEntries(): Record<string, string> {
  const [found, set] = useState<Record<string, string>>({});
  useEffect(() => set(entries(document, Object.keys(WORKS))), []);
  return found;
}

export function Source({ row, links }: { row: Row; links: Record<string, string> }): JSX.Element {
  const words = useWidget();
  return (
    <span class="source">
      {[row.key, ...row.other_keys ?? []].map((key, k) => (
        <span key={key}>{k > 0 && "; "}{links[key] ? <a href={`#${links[key]}`}>{citation(key, words)}</a> : citation(key, words)}</span>
      ))}
    </span>
  );
}
