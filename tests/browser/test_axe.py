"""No page breaks a rule that a machine can check: WCAG 2.2 AA and best practices, shadow roots too."""

import re

import pytest
from reader import CHAPTERS, LANGUAGES, NUMBERED, THEMES, frame, looks, markup, open_details, violations


def assert_clean(page, where: str, **part) -> None:
    found = violations(page, **part)
    assert not found, f"{where}:\n" + "\n".join(found)


def wear(page, theme: str) -> str:
    """Change the theme; gives the markup."""
    page.emulate_media(color_scheme=theme)
    page.wait_for_function("(theme) => document.documentElement.dataset.theme === theme", arg=theme)
    frame(page)
    return markup(page)


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [*CHAPTERS, "search"])
def test_axe(open_page, name, language, width):
    """As opened, and with everything unfolded in both themes; without motion nothing is half-way.

    What does not change is not looked at twice: of what is seen as opened only the lines that unfold could
    have other colours then, and they have not; with the same markup a theme can be wrong only in its colours.
    """
    path = f"{language}/{name}.html" + ("?q=gates" if name == "search" else "")
    page = open_page(path, width=width, reduced_motion="reduce")
    assert_clean(page, "light, as opened", rules="others")
    folded = looks(page, "summary")
    folds = open_details(page)
    assert folds > 5 or name not in NUMBERED
    dark = wear(page, "dark")
    assert_clean(page, "dark, everything open")
    same = wear(page, "light") == dark
    assert looks(page, "summary") == folded, "what unfolds changes its look: let axe judge it folded too"
    assert_clean(page, "light, everything open", rules="colour" if same else "all")


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
    """The check itself: in an explorable a nameless button and faint texts are found, each by its rules."""
    page = open_page("pt/index.html")
    page.evaluate(
        """() => {
          const root = document.querySelector("lstm-widget").shadowRoot;
          root.append(document.createElement("button"));
          const faint = document.createElement("p");
          faint.textContent = "faint";
          faint.style.cssText = "color: #bbb; background: #fff";
          root.append(faint);
          const fold = document.createElement("details");
          fold.innerHTML = '<summary style="color: #ccc; background: #fff">fold</summary>x';
          root.append(fold);
        }"""
    )
    for rules, wanted in (("all", [1, 1]), ("colour", [0, 1]), ("others", [1, 0])):
        found = " ".join(violations(page, rules=rules))
        assert [found.count(rule) for rule in ("button-name", "color-contrast")] == wanted, rules
    (found,) = violations(page, "summary", "colour")
    assert "1.6" in found and "1.9" not in found, "of the two faint texts that on which the fold is opened"
    assert "rgb(204, 204, 204)" in str(looks(page, "summary"))


def test_the_markup_of_a_page_shows_what_an_explorable_changes(open_page):
    """The button of the theme does not count, a name inside an explorable does."""
    page = open_page("pt/index.html")
    dark, light = wear(page, "dark"), wear(page, "light")
    assert dark == light and "<template shadowrootmode" in light
    page.evaluate(
        "document.querySelector('lstm-widget').shadowRoot.querySelector('[aria-label]').ariaLabel = 'other'"
    )
    assert wear(page, "light") != light
