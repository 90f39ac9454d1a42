// Numbers as the language writes them; the same rules as lstm_lib/locale.py, tested against it.
import type { Language } from "../host/locale.ts";

/** A word that is written where there is room for an ordinary one only. */
export const shortened = (word: string, most = 24): string => ([...word].length > most ? `${[...word].slice(0, most - 1).join("")}…` : word);

export interface NumberOptions { digits?: number; sign?: boolean }

const MINUS = "\u2212", NO_BREAK = "\u00a0";

/** Decimals with ties to even, as Python formats them (toFixed rounds ties away from zero). */
function fixed(value: number, digits: number): string {
  const scaled = value * 10 ** digits;
  if (digits < 15 && scaled % 1 === 0.5 && scaled / 10 ** digits === value) {
    const exact = value.toFixed(Math.min(100, digits + 40));
    if (/^5?0*$/.test(exact.slice(exact.indexOf(".") + 1 + digits))) {
      const floor = Math.floor(scaled);
      return ((floor % 2 ? floor + 1 : floor) / 10 ** digits).toFixed(digits);
    }
  }
  return value.toFixed(digits);
}

/** Decimal comma and U+2212 in Portuguese; `sign` puts a plus on what is above zero; zero never has a sign. */
export function formatNumber(value: number, language: Language, { digits = 2, sign = false }: NumberOptions = {}): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "?" : (value < 0 ? MINUS : sign ? "+" : "") + "∞";
  let text = fixed(Math.abs(value), digits);
  if (language === "pt") text = text.replace(".", ",");
  if (!/[1-9]/.test(text)) return text;
  return (value < 0 ? MINUS : sign ? "+" : "") + text;
}

/** 0.71 → "71 %" with a no-break space in Portuguese, "71%" in English. */
export function formatPercent(share: number, language: Language, digits = 0): string {
  return formatNumber(100 * share, language, { digits }) + (language === "pt" ? NO_BREAK : "") + "%";
}

/** 17278 → "17 278" (no-break space) or "17,278". */
export function formatInteger(value: number, language: Language): string {
  const grouped = String(Math.abs(Math.trunc(value))).replace(/\B(?=(\d{3})+$)/g, language === "pt" ? NO_BREAK : ",");
  return (value < 0 ? MINUS : "") + grouped;
}
