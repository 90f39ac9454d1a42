"""What a reader brings, does and is owed on every page: shared by the tests of this folder."""

import json
import os
import re
import shutil
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from shared import ROOT, node_packages

from lstm_lib.locale import texts

CHAPTERS = sorted(path.stem for path in (ROOT / "book" / "pt").glob("*.md"))
NUMBERED = [chapter for chapter in CHAPTERS if chapter[:2].isdigit()]
# The explorable of each chapter that is ready to answer first, by its element id.
EXPLORABLES = {
    "01-memory": "memory",
    "02-long-dependencies": "sentence",
    "03-bptt": "flow",
    "04-gates": "gates",
    "05-mathematics": "step",
    "06-results": "areas",
}
WIDTHS = {1280: 860, 390: 844}  # a laptop's and a phone's window, width: height
THEMES = ("light", "dark")
LANGUAGES = ("pt", "en")
LOCALES = {"pt": "pt-BR", "en": "en-US"}

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
MISSING = (
    "These tests need Chromium or Chrome and found none. Install it with\n"
    "    .venv/bin/python -m playwright install --with-deps chromium\n"
    "or with the system's packages (Debian, Ubuntu: apt install chromium; macOS: brew install chromium), "
    "or say where it is: BROWSER_PATH=/path/to/chrome make test"
)
# No machine but this one can be reached: a page that asks for another fails visibly instead of being slow.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-dev-shm-usage",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
]


def find_browser(playwright) -> str | None:
    """Path of a Chromium: the one BROWSER_PATH names, the system's, or Playwright's own; else None."""
    named = os.environ.get("BROWSER_PATH")
    if named:
        return named if Path(named).exists() else None
    found = next((path for path in map(shutil.which, NAMES) if path), None)
    if found:
        return found
    own = Path(playwright.chromium.executable_path)
    return str(own) if own.exists() else None


@dataclass
class Record:
    """What one page asked for and what it complained about."""

    home: str  # address of the book: http://127.0.0.1:port or file://...
    requests: list[str] = field(default_factory=list)
    bodies: list[str] = field(default_factory=list)  # "POST http://...": requests that carry something away
    failed: list[str] = field(default_factory=list)
    console: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)  # parts of messages that a test provokes on purpose

    def watch(self, page) -> None:
        page.on("request", self._request)
        page.on("requestfailed", self._failed)
        page.on(
            "response",
            lambda answer: answer.status >= 400 and self.failed.append(f"{answer.status} {answer.url}"),
        )
        page.on(
            "console",
            lambda said: (
                said.type in ("error", "warning") and self.console.append(f"{said.type}: {said.text}")
            ),
        )
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("websocket", lambda socket: self.requests.append(socket.url))

    def _request(self, request) -> None:
        self.requests.append(request.url)
        if request.method != "GET" or request.post_data:
            self.bodies.append(f"{request.method} {request.url}")

    def _failed(self, request) -> None:
        if request.failure != "net::ERR_ABORTED":  # the reader left before it arrived
            self.failed.append(f"{request.failure} {request.url}")

    @property
    def foreign(self) -> list[str]:
        """Requests that left the book."""
        inner = ("data:", "blob:", "about:")
        return [url for url in self.requests if not url.startswith((self.home, *inner))]

    def problems(self) -> list[str]:
        """Everything that a reader's page must not have."""
        found = [
            *(f"asked another host: {url}" for url in self.foreign),
            *(f"sent something: {what}" for what in self.bodies),
            *(f"failed: {what}" for what in self.failed),
            *(f"console {what}" for what in self.console),
            *(f"script error: {what}" for what in self.errors),
        ]
        return [what for what in found if not any(part in what for part in self.expected)]


SETTLED = """async () => {
  await document.fonts.ready;
  const ready = () => [...document.querySelectorAll("lstm-widget")].every((el) =>
    el.hasAttribute("data-ready") && !el.shadowRoot.querySelector("[aria-busy=true]"));
  for (let k = 0; k < 400 && !ready(); k++) await new Promise((go) => setTimeout(go, 25));
  await new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)));
  return ready();
}"""


def settle(page) -> None:
    """Wait until fonts, formulas and every explorable of the page are there."""
    assert page.evaluate(SETTLED), "an explorable did not start within ten seconds"


RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Best practices that do not fit. A header cell that is one symbol is MathML, which axe does not read as text.
# Two explorables of one kind have the same name on a page, as two figures would.
EXCEPT = ["empty-table-header", "landmark-unique"]


@cache
def axe_source() -> str:
    """The text of axe-core, pinned in the explorables' lock file."""
    return (node_packages() / "axe-core" / "axe.min.js").read_text("utf8")


def violations(page, within: str | None = None, rules: str = "all") -> list[str]:
    """Every violation axe finds on the page, shadow roots included, as lines.

    `within`: a selector, of the page and of its explorables. `rules`: "all", those of "colour", or "others".
    """
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(axe_source())
    found = page.evaluate(
        """async ([within, tags, except, rules]) => {
          const colour = axe.getRules(tags).filter((rule) => rule.tags.includes("cat.color"));
          const left = [...except, ...(rules === "others" ? colour.map((rule) => rule.ruleId) : [])];
          const runOnly = rules === "colour"
            ? {type: "rule", values: colour.map((rule) => rule.ruleId)} : {type: "tag", values: tags};
          const options = {runOnly, resultTypes: ["violations"]};
          options.rules = Object.fromEntries(left.map((id) => [id, {enabled: false}]));
          const widgets = [...document.querySelectorAll("lstm-widget")].filter((el) => el.shadowRoot);
          const roots = [document, ...widgets.map((el) => el.shadowRoot)];
          const nodes = within ? roots.flatMap((root) => [...root.querySelectorAll(within)]) : document;
          const result = await axe.run(nodes, options);
          const reason = (n) => (n.any[0] ?? n.all[0] ?? n.none[0])?.message;
          const told = (n) => n.target.flat().join(" > ") + ": " + reason(n);
          return result.violations.map((v) => ({...v, nodes: v.nodes.map(told)}));
        }""",
        [within, RULES, EXCEPT, rules],
    )
    return [f"{v['id']} ({v['impact']}): {v['help']}\n    " + "\n    ".join(v["nodes"][:4]) for v in found]


def say(key: str, language: str, **values) -> str:
    """A text of the explorables as the page shows it; values are put in as they are."""
    text = texts(language)[key]
    for name, value in values.items():
        text = text.replace("{" + name + "}", str(value))
    return text


def state_of(page, element_id: str) -> dict:
    """The state that an explorable holds now."""
    return json.loads(
        page.evaluate(
            """(id) => {
              const model = document.getElementById(id).model;
              const plain = (value) => ArrayBuffer.isView(value) ? value.byteLength : value;
              return JSON.stringify(Object.fromEntries([...model.values].map(([k, v]) => [k, plain(v)])));
            }""",
            element_id,
        )
    )


def frame(page) -> None:
    """Let the page paint what has changed."""
    page.evaluate("() => new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)))")


def markup(page) -> str:
    """The page and what is in its explorables, but for the theme's name and the button that changes it."""
    html = page.evaluate(
        """() => {
          const widgets = [...document.querySelectorAll("lstm-widget")];
          const shadowRoots = widgets.flatMap((el) => el.shadowRoot ?? []);
          return document.documentElement.getHTML({shadowRoots});
        }"""
    )
    return re.sub(r' data-theme="\w+"|<button[^>]* class="theme"[^>]*>', "", html)


def looks(page, within: str) -> list:
    """Colours, size, weight and opacity of all that these elements hold, on the page and in explorables."""
    return page.locator(f"{within}, {within} *").evaluate_all(
        """(elements) => elements.map((element) => {
          const style = getComputedStyle(element);
          const {color, fill, backgroundColor, backgroundImage, fontSize, fontWeight, opacity} = style;
          return [color, fill, backgroundColor, backgroundImage, fontSize, fontWeight, opacity].join();
        })"""
    )


def open_details(page) -> int:
    """Open every folded part of the page and of its explorables; gives how many there were."""
    return page.evaluate(
        """() => {
          const widgets = [...document.querySelectorAll("lstm-widget")].filter((el) => el.shadowRoot);
          const roots = [document, ...widgets.map((el) => el.shadowRoot)];
          const folds = roots.flatMap((root) => [...root.querySelectorAll("details")]);
          for (const fold of folds) fold.open = true;
          return folds.length;
        }"""
    )
