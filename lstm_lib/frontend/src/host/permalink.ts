// State in the link: `#gates?step=11&unit=18` sets those keys of the explorable whose element has id "gates".
// Applied on load, when the address changes, and on every click of such a link (a second click on the same link
// does not change the address). Nothing is written to the address; "copy link" builds one.

type Values = Record<string, unknown>;

/** Text of a link → value of the same kind as `sample` (the key's default); undefined if it is not one. */
export function parseValue(text: string, sample: unknown): unknown {
  if (typeof sample === "number") return text.trim() !== "" && Number.isFinite(Number(text)) ? Number(text) : undefined;
  if (typeof sample === "boolean") return text === "true" || text === "1" ? true : text === "false" || text === "0" ? false : undefined;
  if (typeof sample === "string") return text;
  if (Array.isArray(sample)) {
    if (text.startsWith("[")) {
      try { const value: unknown = JSON.parse(text); return Array.isArray(value) ? value : undefined; } catch { return undefined; }
    }
    const parts = text === "" ? [] : text.split(",");
    return parts.every((part) => part.trim() !== "" && Number.isFinite(Number(part))) ? parts.map(Number) : parts;
  }
  return undefined;
}

export function formatValue(value: unknown): string {
  if (!Array.isArray(value)) return String(value);
  return value.every((v) => typeof v === "number" || (typeof v === "string" && !/[,[\]]/.test(v)))
    ? value.join(",") : JSON.stringify(value);
}

/** Split "#id?a=1&b=2" into the id and its pairs; null if it is not such a link. */
export function parseHash(hash: string): { id: string; pairs: [string, string][] } | null {
  const cut = hash.indexOf("?");
  if (!hash.startsWith("#") || cut < 2) return null;
  try {
    return { id: decodeURIComponent(hash.slice(1, cut)), pairs: [...new URLSearchParams(hash.slice(cut + 1))] };
  } catch { return null; }
}

export function buildHash(id: string, values: Values): string {
  const query = Object.entries(values).map(([key, value]) =>
    `${key}=${encodeURIComponent(formatValue(value)).replace(/%2C/g, ",").replace(/%20/g, "+")}`).join("&");
  return `#${id}?${query}`;
}

/** What the network is and how an answer was judged is not for a link to say. */
const NEVER = new Set(["weights", "question", "verdict"]);

/** For keys that take only some values: which. */
export type Choices = Record<string, readonly unknown[]>;

/** Values of a link for an explorable with these defaults: unknown keys, unreadable and impossible values are left out. */
export function readLink(hash: string, id: string, defaults: object, choices: Choices = {}): Values | null {
  const link = parseHash(hash);
  if (!link || link.id !== id) return null;
  const values: Values = {};
  for (const [key, text] of link.pairs) {
    if (!(key in defaults) || NEVER.has(key)) continue;
    const value = parseValue(text, (defaults as Values)[key]);
    if (value !== undefined && (choices[key]?.includes(value) ?? true)) values[key] = value;
  }
  return values;
}

/** Bring an explorable into view unless a good part of it is there already. */
function reveal(element: HTMLElement): void {
  const box = element.getBoundingClientRect(), height = innerHeight;
  const seen = Math.min(box.bottom, height) - Math.max(box.top, 0);
  if (seen >= 0.5 * Math.min(box.height, height)) return;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  element.scrollIntoView({ block: "start", behavior: calm ? "auto" : "smooth" });
}

/** Listen for links to `element`; `apply` gets the values. Returns what stops it. */
export function followLinks(element: HTMLElement, defaults: object, choices: Choices, apply: (values: Values) => void): () => void {
  const use = (hash: string) => {
    const values = element.id ? readLink(hash, element.id, defaults, choices) : null;
    if (values) { apply(values); reveal(element); }
  };
  const onHash = () => use(location.hash);
  const onClick = (event: MouseEvent) => {
    if (event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const anchor = event.target instanceof Element ? event.target.closest("a[href^='#']") : null;
    if (anchor) use(anchor.getAttribute("href") ?? "");
  };
  addEventListener("hashchange", onHash);
  document.addEventListener("click", onClick);
  onHash();
  return () => { removeEventListener("hashchange", onHash); document.removeEventListener("click", onClick); };
}
