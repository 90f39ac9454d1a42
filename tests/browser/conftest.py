"""A real browser for the tests of this folder, and a record of all it asked for and complained about."""

import pytest
from reader import ARGUMENTS, LOCALES, MISSING, WIDTHS, Record, find_browser, settle


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
