"""Write the figures that are also files of their own.

python -m lstm_lib.figures [folder]        # default: book/_assets
"""

import sys
from pathlib import Path

from lstm_lib.figures import cell_steps
from lstm_lib.locale import LANGUAGES

FOLDER = Path(__file__).parents[2] / "book" / "_assets"


def files():
    """Every file by its name: the cell in four steps, in both languages."""
    return {f"lstm-cell-{lang}.svg": cell_steps(lang=lang).to_svg() for lang in LANGUAGES}


def main(folder=FOLDER):
    folder = Path(folder)
    if not folder.is_dir():
        raise SystemExit(f"There is no folder {folder}.")
    for name, content in files().items():
        (folder / name).write_text(content, encoding="utf-8")
        print(f"{folder / name}: {len(content)} characters")


if __name__ == "__main__":
    main(*sys.argv[1:2])
