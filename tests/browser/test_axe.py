"""No page breaks a rule that a machine can check: WCAG 2.2 AA and best practices, shadow roots too."""

import re

import pytest
from reader import CHAPTERS, LANGUAGES, NUMBERED, THEMES, frame, open_details, violations


def assert_clean(page, where: str) -> None:
    found = violations(page)
    assert not found, f"{where}:\n" + "\n".join(found)


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [*CHAPTERS, "search"])
def test_axe(open_page, name, language, width):
    """As opened, and with everything unfolded in both themes; without motion nothing is half-way."""
    path = f"{language}/{name}.html" + ("?q=gates" if name == "search" else "")
    page = open_page(path, width=width, reduced_motion="reduce")
    assert_clean(page, "light, as opened")
    folds = open_details(page)
    assert folds > 5 or name not in NUMBERED
    for theme in reversed(THEMES):
        page.emulate_media(color_scheme=theme)
        page.wait_for_function("(theme) => document.documentElement.dataset.theme === theme", arg=theme)
        frame(page)
        assert_clean(page, f"{theme}, everything open")


def test_axe_contents_on_a_phone(open_page):
    page = open_page("pt/04-gates.html", width=390, reduced_motion="reduce")
    page.locator("button.burger").tap()
    found = violations(page, "nav.side")  # the rest of the page is inert meanwhile
    assert not found, "\n".join(found)


@pytest.mark.parametrize("theme", THEMES)
def test_axe_entry(open_page, site, theme):
    """The page that chooses a language leaves at once; its script is kept from running, axe's is not."""
    page = open_page("404.html", theme=theme, wait=False)
    assert_clean(page, "404")
    page.route("**/index.html", lambda route: route.fulfill(body=entry(site), content_type="text/html"))
    page.goto(f"{site.url}/index.html")
    assert page.locator("main a").count() == 2
    assert_clean(page, "entry")


def entry(site) -> str:
    """The entry page without its redirection."""
    text = (site.folder / "index.html").read_text("utf8")
    assert "location.replace" in text
    return re.sub(r"<script>.*?</script>", "", text, flags=re.S)


def test_axe_finds_what_is_wrong(open_page):
    """The check itself: a button without a name and a faint text inside an explorable are found."""
    page = open_page("pt/index.html")
    page.evaluate(
        """() => {
          const root = document.querySelector("lstm-widget").shadowRoot;
          root.append(document.createElement("button"));
          const faint = document.createElement("p");
          faint.textContent = "faint";
          faint.style.cssText = "color: #bbb; background: #fff";
          root.append(faint);
        }"""
    )
    found = " ".join(violations(page))
    assert "button-name" in found and "color-contrast" in found
