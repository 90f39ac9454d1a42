// Light or dark, as the page, the notebook or the system says. A shadow root cannot see the page's selectors,
// so the answer is written on the host as data-theme and the tokens follow it. Paper is always light.

export type Theme = "light" | "dark";

export function currentTheme(): Theme {
  if (matchMedia("print").matches) return "light";
  const page = document.documentElement.dataset["theme"];
  if (page === "dark" || page === "light") return page;
  const body = document.body;
  const jupyter = body?.dataset["jpThemeLight"];
  if (jupyter) return jupyter === "false" ? "dark" : "light";
  if (body?.classList.contains("vscode-dark") || body?.classList.contains("vscode-high-contrast")) return "dark";
  if (body?.classList.contains("vscode-light")) return "light";
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

/** Calls back now and at every change; returns what stops it. */
export function observeTheme(callback: (theme: Theme) => void): () => void {
  const tell = () => callback(currentTheme());
  const observer = new MutationObserver(tell), media = ["print", "(prefers-color-scheme: dark)"].map((query) => matchMedia(query));
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme", "class"] });
  if (document.body) {
    observer.observe(document.body, { attributes: true, attributeFilter: ["data-jp-theme-light", "class"] });
  }
  for (const one of media) one.addEventListener("change", tell);
  tell();
  return () => { observer.disconnect(); for (const one of media) one.removeEventListener("change", tell); };
}
