"""Writes error_surface.json: the error of one unit, its gradient and walks, as Python computes them."""

import json
from pathlib import Path

from lstm_lib import error_surface

POINTS = [(2.1, 0.1), (2.1, -0.32), (0.7, -0.2), (1.5, -0.11), (2.8, -1.1), (0.4, 0.7), (-1.3, 0.2)]
UNITS = [(2, 0.3, -0.5), (10, 0.3, -0.5), (50, 0.3, -0.5), (10, -0.6, 0.9)]
WALKS = [((2.1, 0.1), 0.3, None), ((2.1, 0.1), 0.3, 1.0), ((1.2, 0.5), 0.1, 0.05)]
MOVES = 12


def contents():
    """The document that both languages are held to."""
    points = [
        {"unit": list(unit), "place": [w, b],
         "gradient": [float(value) for value in error_surface.gradient(w, b, *unit)]}
        for unit in UNITS
        for w, b in POINTS
    ]
    walks = []
    for start, rate, limit in WALKS:
        walked = error_surface.walk(start, MOVES, rate, limit)
        arrays = {name: getattr(walked, name).tolist() for name in ("errors", "norms", "lengths", "factors")}
        walks.append({"start": list(start), "learning_rate": rate, "max_norm": limit or 0,
                      "places": walked.places.tolist(), **arrays, "outcome": walked.outcome()})  # fmt: skip
    edges = [[w, h, float(error_surface.edge(w, h))] for w, h in ((2.1, 0.3), (1.0, -0.6))]
    return {"points": points, "walks": walks, "edges": edges}


def main():
    parts = ",\n".join(f'"{key}": [\n' + ",\n".join(map(json.dumps, entries)) + "\n]"
                       for key, entries in contents().items())  # fmt: skip
    Path(__file__).with_name("error_surface.json").write_text(f"{{{parts}}}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
