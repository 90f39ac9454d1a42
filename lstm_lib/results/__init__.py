"""Recurrent networks on real data and on the tasks of 1997: what was run, and what it gave.

    from lstm_lib import results
    found = results.load()                          # recorded, see `load`
    found.scores("river", "lstm", "nse")            # one number for each seed
    results.record(results.jobs(["sunspots"]), "mine.json")   # run again, in a file of one's own

Each area is a module of `lstm_lib.results.areas` with an AREA (what is compared), jobs() (independent
trainings and baselines) and run(job). ``python -m lstm_lib results`` runs what the file does not have yet.
"""

from lstm_lib.results.area import Area, Job
from lstm_lib.results.load import RECORDED, Results, Run, load
from lstm_lib.results.record import area, areas, jobs, record, rerun

__all__ = [
    "RECORDED",
    "Area",
    "Job",
    "Results",
    "Run",
    "area",
    "areas",
    "jobs",
    "load",
    "record",
    "rerun",
]
