"""A real browser for the tests of this folder, and a record of all it asked for and complained about."""

import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest

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


@pytest.fixture(scope="module")
def browser():
    """A running Chromium. Per module: Playwright's event loop must not outlive the tests that use it."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = find_browser(playwright)
        if path is None:
            pytest.fail(MISSING, pytrace=False)
        running = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield running
        running.close()


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


@pytest.fixture
def open_page(browser, site):
    """Opens pages of the book as a reader with given settings; afterwards each must have had no problem.

    open_page("pt/04-gates.html", theme="dark", width=390) -> Playwright page; `page.record` is its Record.
    """
    contexts, records = [], []

    def open_(
        path, *, theme="light", width=1280, touch=None, from_disk=False, javascript=True, wait=True, **more
    ):
        language = path.split("/")[0] if "/" in path else "pt"
        touch = width < 640 if touch is None else touch
        context = browser.new_context(
            viewport={"width": width, "height": WIDTHS.get(width, 860)},
            color_scheme=theme,
            has_touch=touch,
            is_mobile=touch,
            java_script_enabled=javascript,
            locale=LOCALES.get(language, "pt-BR"),
            **more,
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        home = site.folder.as_uri() if from_disk else site.url
        page.record = Record(home)
        page.record.watch(page)
        records.append(page.record)
        page.goto(site.address(path, from_disk), wait_until="load")
        if wait and javascript:
            settle(page)
        return page

    yield open_
    for context in contexts:
        context.close()
    problems = [problem for record in records for problem in record.problems()]
    assert not problems, "\n".join(problems)


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


def host_of(url: str) -> str:
    """Host part of an address."""
    return urlsplit(url).netloc
