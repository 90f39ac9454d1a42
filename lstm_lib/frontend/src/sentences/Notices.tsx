// What a network makes of words it does not know, and of a text that is too long.
import type { JSX } from "preact";
import { useWidget } from "../host/widget.tsx";
import { MOST_WORDS } from "./cut.ts";

const NAMED = 6;

export function Notices({ unknown, cut }: { unknown: readonly string[]; cut: boolean }): JSX.Element | null {
  const { t } = useWidget();
  if (!unknown.length && !cut) return null;
  const named = unknown.slice(0, NAMED).map((word) => t("sentences.quoted", { word })).join(", ");
  return (
    <div class="notices">
      {unknown.length > 0 && <p>{t(unknown.length === 1 ? "sentences.unknown.one" : "sentences.unknown.many", {
        words: named + (unknown.length > NAMED ? ", …" : ""), count: unknown.length })}</p>}
      {cut && <p>{t("sentences.cut", { most: MOST_WORDS })}</p>}
    </div>
  );
}
