"""Texts in both languages: the same keys, the same placeholders, numbers as each language writes them."""

import json
import re

import pytest

from lstm_lib import locale

KEYS = sorted(set(locale.texts("pt")) | set(locale.texts("en")))


def test_both_languages_have_the_same_files_and_keys():
    files = {lang: {path.name for path in (locale.FOLDER / lang).glob("*.json")} for lang in locale.LANGUAGES}
    assert files["pt"] == files["en"] != set()
    for name in files["pt"]:
        keys = {lang: set(json.loads((locale.FOLDER / lang / name).read_text("utf-8"))) for lang in files}
        assert keys["pt"] == keys["en"], f"{name}: {keys['pt'] ^ keys['en']}"


@pytest.mark.parametrize("key", KEYS)
def test_placeholders_agree_and_no_text_is_empty(key):
    pt, en = locale.texts("pt")[key], locale.texts("en")[key]
    assert pt.strip() and en.strip()
    assert locale.placeholders(pt) == locale.placeholders(en)


def test_a_key_belongs_to_its_file():
    for lang in locale.LANGUAGES:
        for path in (locale.FOLDER / lang).glob("*.json"):
            for key in json.loads(path.read_text("utf-8")):
                assert key.startswith(f"{path.stem}."), f"{key} in {path.name}"


def test_portuguese_texts_write_minus_as_minus():
    for key in KEYS:
        for lang in locale.LANGUAGES:
            written = re.sub(r"\{[^}]*\}", "", locale.texts(lang)[key])
            assert not re.search(r"(?<![A-Za-z])-[0-9]", written), key  # UCF-101 is a name


def test_a_missing_key_or_value_raises():
    with pytest.raises(KeyError, match="No text 'figures.nothing' in 'pt'"):
        locale.text("figures.nothing", "pt")
    with pytest.raises(ValueError, match="needs values for error"):
        locale.text("exercises.code-raised", "en")
    with pytest.raises(ValueError, match="'pt' and 'en'"):
        locale.text("exercises.right", "fr")


def test_two_files_may_not_define_one_key(tmp_path, monkeypatch):
    (tmp_path / "pt").mkdir()
    for name in ("a", "b"):
        (tmp_path / "pt" / f"{name}.json").write_text('{"a.x": "1"}', encoding="utf-8")
    monkeypatch.setattr(locale, "FOLDER", tmp_path)
    with pytest.raises(ValueError, match="b.json .* a.x"):
        locale.texts.__wrapped__("pt")


@pytest.mark.parametrize(
    ("value", "digits", "sign", "pt", "en"),
    [
        (0.5, 2, False, "0,50", "0.50"),
        (-3.54, 2, True, "−3,54", "−3.54"),
        (0.58, 2, True, "+0,58", "+0.58"),
        (-0.004, 2, True, "0,00", "0.00"),
        (0.0, 1, True, "0,0", "0.0"),
        (99.96, 1, False, "100,0", "100.0"),
        (4, 0, True, "+4", "+4"),
    ],
)
def test_numbers(value, digits, sign, pt, en):
    assert locale.number(value, "pt", digits, sign) == pt
    assert locale.number(value, "en", digits, sign) == en


def test_percentages_and_thousands():
    assert locale.percent(0.714, "pt") == "71\N{NO-BREAK SPACE}%"
    assert locale.percent(0.714, "en") == "71%"
    assert locale.percent(0.9951, "pt", 1) == "99,5\N{NO-BREAK SPACE}%"
    assert locale.integer(17278, "pt") == "17\N{NO-BREAK SPACE}278"
    assert locale.integer(-17278, "en") == "−17,278"


def test_numbers_in_texts_follow_the_language():
    assert locale.text("exercises.code-raised", "pt", error=-1.5).endswith("−1,50")
    assert locale.text("exercises.code-raised", "en", error=3).endswith("3")
