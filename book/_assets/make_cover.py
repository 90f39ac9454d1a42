"""Take the picture in README.md from the built site (_site/): python book/_assets/make_cover.py"""

import shutil
import threading
from pathlib import Path

from playwright.sync_api import sync_playwright

from lstm_lib.exercises.gates import unit_shown
from lstm_lib.site import ROOT, listen

TARGET = Path(__file__).with_name("cover.png")


def main() -> None:
    server = listen(ROOT / "_site", 0)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = (
        f"http://127.0.0.1:{server.server_address[1]}/pt/04-gates.html#gates?step=11&unit={unit_shown()}"
    )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport={"width": 1280, "height": 860}, color_scheme="light")
        page.goto(address)
        page.wait_for_timeout(1500)
        # The reader's place in the chapter: the explorable under the bar of the page.
        page.evaluate(
            "document.getElementById('gates').scrollIntoView({block: 'start', behavior: 'instant'})"
        )
        page.wait_for_timeout(600)
        page.screenshot(path=TARGET)
        browser.close()
    server.shutdown()
    print(f"{TARGET.name}: {TARGET.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
