// How a distance and a share are written: the same words as in lstm_lib/figures/difference.py.
import { useMemo } from "preact/hooks";
import type { Language, Params } from "../host/locale.ts";
import { useWidget } from "../host/widget.tsx";
import { formatInteger, type NumberOptions } from "../ui/format.ts";
import { networkName as nameOf } from "./networks.ts";

export interface Words {
  t: (key: string, params?: Params) => string;
  num: (value: number, options?: NumberOptions) => string;
  percent: (share: number, digits?: number) => string;
  language: Language;
}

const TINIEST = 1e-6, RAREST = 1e12;

/** Two significant digits at least; nothing above zero is written as zero. */
export function writeDistance(value: number, { t, num }: Words): string {
  if (value === 0) return "0";
  if (value < TINIEST) return t("difference.tiny", { value: num(TINIEST, { digits: 6 }) });
  return num(value, { digits: Math.min(7, Math.max(2, 1 - Math.floor(Math.log10(value) + 1e-12))) });
}

/** A percentage down to 1 %, below it one part in so many. */
export function writeShare(share: number | null, { t, num, percent, language }: Words): string {
  if (share === null) return t("difference.share.none");
  if (share === 0) return t("difference.share.zero");
  if (share >= 0.00995) return percent(share, share < 0.0995 ? 1 : 0);
  const many = 1 / share, size = 10 ** Math.max(0, Math.floor(Math.log10(many)) - 1), rounded = Math.round(many / size) * size;
  if (rounded >= RAREST) return t("difference.share.rarest");
  for (const [unit, key] of [[1e9, "billion"], [1e6, "million"]] as const) {
    if (rounded >= unit) {
      const count = rounded / unit;
      return t(`difference.share.${key}${count < 2 ? "_one" : ""}`, { count: num(count, { digits: count < 10 && count % 1 ? 1 : 0 }) });
    }
  }
  return t("difference.share.one_in", { count: formatInteger(rounded, language) });
}

/** All that writing needs, from the surroundings. */
export function useWords(): Words {
  const { t, num, percent, language } = useWidget(), now = language.value;
  return useMemo(() => ({ t, num, percent, language: now }), [now]);
}

/** What a network is called: the same in every explorable that reads sentences. */
export const networkName = (name: string, { t, language }: Pick<Words, "t" | "language">): string => nameOf(name, language, t);
