"""Results to hear and to see: the chorale plays when it is asked to and stops, and says what Python says."""

import pytest
from explorable import Explorable
from reader import frame, say, violations

from lstm_lib import continued_chorales as chorales
from lstm_lib import read_rows, widgets
from lstm_lib.locale import plain

# What sounds, measured where it leaves the page: contexts made, tones started, and the level that is heard.
LISTEN = """() => {
  window.heard = {contexts: 0, tones: []};
  const Real = AudioContext;
  window.AudioContext = class extends Real {
    constructor(...a) { super(...a); heard.contexts++; heard.context = this; }
  };
  const {connect} = AudioNode.prototype, {start} = OscillatorNode.prototype;
  AudioNode.prototype.connect = function (to, ...rest) {
    if (to instanceof AudioDestinationNode) {
      heard.tap = new AnalyserNode(this.context, {fftSize: 4096});
      connect.call(this, heard.tap);
    }
    return connect.call(this, to, ...rest);
  };
  OscillatorNode.prototype.start = function (at) {
    heard.tones.push(this.frequency.value);
    return start.call(this, at);
  };
  heard.level = () => {
    const wave = new Float32Array(4096);
    heard.tap?.getFloatTimeDomainData(wave);
    return Math.max(...wave.map(Math.abs));
  };
}"""


class Shown(Explorable):
    def __init__(self, page, language, id):
        super().__init__(page, language, id)
        self.root.get_by_text(say("common.what_you_see", language)).wait_for()
        self.root.scroll_into_view_if_needed()

    def say(self, key, **values):
        return say(f"{self.id}.{key}", self.language, **values)

    def button(self, key, **values):
        return self.root.get_by_role("button", name=self.say(key, **values), exact=True)

    def slider(self, key):
        return self.root.get_by_role("slider", name=self.say(key), exact=True)

    def sentence(self):
        frame(self.page)
        return self.root.locator("p.see").inner_text()

    def fits(self, width):
        return self.page.evaluate("document.documentElement.scrollWidth") <= width


def heard(page, what="level()"):
    return page.evaluate(f"heard.{what}")


def until(page, condition, argument=None):
    page.wait_for_function(condition, arg=argument, timeout=8000, polling=50)


LOUD, SILENT = "heard.level() > 0.01", "heard.level() < 0.001"


def assert_says_python(x):
    widget = widgets.Chorale(**{k: v for k, v in x.state.items() if k not in ("hide", "lang")})
    piece = widget.recorded
    assert x.sentence().endswith(plain(chorales.see(piece, widget.source, widget.place, x.language)))
    return widget


def test_it_sounds_only_when_asked_to_escape_stops_it_and_it_does_not_begin_again(open_page):
    page = open_page("pt/06-results.html")
    page.evaluate(f"({LISTEN})()")
    x = Shown(page, "pt", "chorale")
    x.set(beat=3, source="rnn")                              # a link starts nothing
    assert heard(page, "contexts") == 0
    x.button("play").click()
    until(page, LOUD)
    assert heard(page) < 1
    notes = [n for n in chorales.notes(chorales.pieces()[0].line("rnn"), 16) if n[2] + n[3] > 3]
    expected = sorted(440 * 2 ** ((pitch - 69) / 12) for _, pitch, *_ in notes for _ in range(2))
    assert sorted(heard(page, "tones")) == pytest.approx(expected, rel=1e-5)
    until(page, "document.getElementById('chorale').model.get('beat') >= 4")
    for voice in chorales.VOICES:                            # each voice can be muted while it sounds
        x.root.locator(".voice-button", has_text=x.say(f"voice.{voice}")).click()
    until(page, SILENT)
    assert x.state["muted"] == list(chorales.VOICES)
    x.root.locator(".voice-button", has_text=x.say("voice.bass")).click()
    until(page, LOUD)
    page.keyboard.press("Escape")
    x.button("play").wait_for()
    until(page, "heard.context.state === 'suspended'")
    beat = x.state["beat"]
    page.wait_for_timeout(900)                               # more than a quarter note
    assert x.state["beat"] == beat and heard(page, "contexts") == 1
    assert_says_python(x)
    x.set(beat=46, pace=1.5, volume=0)                       # two quarters at 120 a minute, then the end
    x.button("play").click()
    x.button("stop").wait_for()
    x.button("play").wait_for(timeout=4000)
    tones = heard(page, "tones.length")
    page.wait_for_timeout(500)
    assert x.state["beat"] == 47 and heard(page, "tones.length") == tones
    assert heard(page) < 0.001                               # volume 0: read without sound


@pytest.mark.parametrize("language, width", [("pt", 1280), ("en", 390)])
def test_it_is_read_by_keyboard_and_on_a_phone(open_page, language, width):
    x = Shown(open_page(f"{language}/06-results.html", width=width), language, "chorale")
    assert_says_python(x)
    x.slider("scrub").press("End")
    x.slider("scrub").press("ArrowLeft")
    widget = assert_says_python(x)
    assert widget.beat == 46
    for source in chorales.SOURCES:
        x.button(f"name.{source}").click()
        assert assert_says_python(x).source == source
    rows = x.table()
    piece = chorales.pieces()[0]
    soprano = [chorales.note_name(chord[0], piece.key, language) for chord in piece.line("bigram")]
    assert [row[1] for row in rows] == soprano
    x.root.get_by_role("combobox").first.select_option("3")
    assert assert_says_python(x).state["beat"] == 0
    assert x.fits(width) and not violations(x.page, "#chorale")
    x.follow("piece=-7&beat=1e9&source=gpt&volume=loud&pace=0&muted=[3]")
    assert x.sentence() and x.fits(width)


def assert_says_rows(x):
    widget = widgets.Rows(**{k: v for k, v in x.state.items() if k not in ("hide", "lang")})
    item, row = widget.example, widget.place
    assert x.sentence().endswith(plain(read_rows.see(item, row, x.language)))
    shown = x.root.locator(".headline:not(.what) .says b").all_inner_texts()
    assert shown == [str(item.answer(network, row)[0]) for network in item.readers]
    kinds = x.root.locator(".headline:not(.what) .says").evaluate_all(
        "(all) => all.map((one) => one.className)"
    )
    assert ["ok" in kind for kind in kinds] == [item.answer(network, row)[2] for network in item.readers]
    return widget


@pytest.mark.parametrize("language, width", [("en", 1280), ("pt", 390)])
def test_digits_are_read_row_by_row(open_page, language, width):
    x = Shown(open_page(f"{language}/06-results.html", width=width), language, "rows")
    assert_says_rows(x)
    x.slider("scrub.images").press("Home")
    x.button("next.images").click()
    assert assert_says_rows(x).row == 1
    chosen = x.root.locator(".item[aria-checked=true]")
    chosen.focus()
    chosen.press("End")                                      # focus goes there; pressing it chooses
    x.page.keyboard.press("Enter")
    assert assert_says_rows(x).item == len(read_rows.items("images")) - 1
    x.page.emulate_media(reduced_motion="reduce")            # all at once
    x.button("read.images").click()
    widget = assert_says_rows(x)
    assert widget.row == 27
    x.button("set.speech").click()
    widget = assert_says_rows(x)
    assert (widget.set, widget.item) == ("speech", 0)
    rows = x.table()
    assert len(rows) == len(widget.example.rows)
    digit, share, _ = widget.example.answer("rnn", 0)
    assert rows[0][1] == f"{digit} ({read_rows.share(share, language)})"
    x.root.locator(".block canvas").first.scroll_into_view_if_needed()
    box = x.root.locator(".block canvas").first.bounding_box()
    at = (box["x"] + box["width"] / 2, box["y"] + 2)
    x.page.mouse.click(*at)                                  # the top of the picture is its first row
    assert assert_says_rows(x).row == 0
    assert x.fits(width) and not violations(x.page, "#rows")
    x.follow("set=video&item=-7&row=1e9")
    assert x.sentence() and x.fits(width)
