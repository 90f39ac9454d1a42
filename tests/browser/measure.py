"""How fast an explorable answers and how much a page weighs; for the tests and `python -m benchmarks`."""

import base64
import gzip
import math
from urllib.parse import unquote, urlsplit

import numpy as np
from reader import say

import lstm_lib as ll

FRAME = 1000 / 60
PACKED = {".woff2", ".png", ".jpg", ".ipynb"}  # sent as they are: compressing them again gains nothing

# Put a network of the reader's own size into the explorable, as a dropped file would.
LOAD = """([id, bytes, inputs]) => {
  const raw = Uint8Array.from(atob(bytes), (c) => c.charCodeAt(0)), el = document.getElementById(id);
  el.scrollIntoView({block: "center", behavior: "instant"});
  el.model.set("inputs", inputs);
  el.model.set("weights", new DataView(raw.buffer));
}"""

# Moves of the slider and of one that does nothing, by turns. From the event to just after its frame.
MOVES = """async ([id, label, moves]) => {
  const find = () => [...document.getElementById(id).shadowRoot.querySelectorAll("input[type=range]")]
    .find((input) => input.getAttribute("aria-label") === label);
  const empty = document.createElement("input");
  empty.type = "range"; empty.min = -6; empty.max = 6; empty.step = 0.1;
  empty.style.cssText = "position: fixed; left: 8px; bottom: 8px; z-index: 9";
  empty.addEventListener("input", () => {});
  document.body.append(empty);
  const painted = () => new Promise((done) => requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => done(performance.now());
    channel.port2.postMessage(0);
  }));
  const pause = (ms) => new Promise((go) => setTimeout(go, ms));
  const times = {script: [], slider: [], empty: []};
  const move = async (input, k, store, script) => {
    const [low, high] = [Number(input.min), Number(input.max)];
    input.value = String(low + (high - low) * (0.5 + 0.45 * Math.sin(k * 0.7)));
    const start = performance.now();
    input.dispatchEvent(new Event("input", {bubbles: true, composed: true}));
    await Promise.resolve();
    script?.push(performance.now() - start);
    store.push(await painted() - start);
  };
  for (let k = 0; k < moves; k++) {
    await pause(7 + (k * 5) % 17);
    await move(find(), k, times.slider, times.script);
    await pause(7 + (k * 11) % 17);
    await move(empty, k, times.empty);
  }
  empty.remove();
  return times;
}"""


def percentile(times, share: float) -> float:
    """The time that `share` of the times do not exceed."""
    return sorted(times)[min(len(times) - 1, math.ceil(share * len(times)) - 1)]


def load_network(page, steps: int, hidden: int, inputs: int = 8, id: str = "gates") -> None:
    """Let the explorable run an LSTM of `hidden` units over `steps` steps."""
    from safetensors.numpy import save

    net = ll.LSTM.init(inputs, hidden, seed=1)
    file = save({f"{name}_l0": np.ascontiguousarray(value) for name, value in net.weights.items()})
    rows = np.random.default_rng(0).normal(size=(steps, inputs)).round(3).tolist()
    page.evaluate(LOAD, [id, base64.b64encode(file).decode(), rows])
    page.wait_for_function(
        "([id, T]) => [...document.getElementById(id).shadowRoot.querySelectorAll('input[type=range]')]"
        ".some((input) => Number(input.max) === T - 1)",
        arg=[id, steps],
    )


def paint_times(
    page, language: str, key: str = "gates.shift_label", moves: int = 60, id: str = "gates"
) -> dict:
    """Milliseconds: script of the slider's event, event to paint, event to paint of an empty handler."""
    return page.evaluate(MOVES, [id, say(key, language), moves])


def above_empty(times: dict, share: float = 0.95) -> float:
    """Milliseconds that the slider's percentile lies above the empty handler's."""
    return percentile(times["slider"], share) - percentile(times["empty"], share)


def weigh(site, requests) -> tuple[int, int]:
    """Bytes of what a page asked for, as on disk and as a server sends them compressed."""
    raw = packed = 0
    for url in sorted({url.split("#")[0].split("?")[0] for url in requests}):
        if not url.startswith(site.url):
            continue
        path = site.folder / unquote(urlsplit(url).path.lstrip("/"))
        data = (path / "index.html" if path.is_dir() else path).read_bytes()
        raw += len(data)
        packed += len(data) if path.suffix in PACKED else len(gzip.compress(data, 9))
    return raw, packed


USABLE = """async (id) => {
  for (;;) {
    const root = document.getElementById(id)?.shadowRoot;
    const slider = root?.querySelector("input[type=range]:not([disabled])");
    if (slider) {
      const before = root.querySelector("p.see")?.textContent;
      slider.value = String(Number(slider.value) === Number(slider.max) ? 0 : Number(slider.max));
      slider.dispatchEvent(new Event("input", {bubbles: true, composed: true}));
      await new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)));
      if (before && root.querySelector("p.see").textContent !== before) return performance.now();
    }
    await new Promise((go) => setTimeout(go, 10));
  }
}"""


def seconds_until_usable(page, address: str, id: str = "gates") -> float:
    """Seconds from opening a page until the explorable with this id has answered a first move of a slider."""
    page.goto(address, wait_until="commit")
    page.wait_for_function("(id) => document.getElementById(id) !== null", arg=id)
    return page.evaluate(USABLE, id) / 1000
