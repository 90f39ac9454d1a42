"""The command line: python -m lstm_lib COMMAND."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

INTERRUPTED = 130  # what a shell reports for a program stopped by Ctrl-C


def parser() -> argparse.ArgumentParser:
    """The parser with all commands. Each is a sub-parser with a default `run`, called with the arguments."""
    top = argparse.ArgumentParser(prog="python -m lstm_lib", description="The package behind the LSTM book.")
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _add_train(commands)
    _add_horizon(commands)
    _add_results(commands)
    return top


def _add_train(commands) -> None:
    from lstm_lib.training import RECIPES

    names = ", ".join(
        f"{name} (seed {recipe.seed}, {recipe.steps} steps)" for name, recipe in RECIPES.items()
    )
    train = commands.add_parser(
        "train",
        help="train a shipped network again, from a seed",
        description=f"Train a network, measure it on held-out sentences and save it: {names}. 20 to 40 s.",
    )
    train.add_argument("name", choices=list(RECIPES), metavar="|".join(RECIPES), help="the network to train")
    train.add_argument("--seed", type=int, help="another seed than that of the shipped network")
    train.add_argument("--steps", type=int, help="how many training steps")
    train.add_argument(
        "--out",
        metavar="FILE",
        help="the .safetensors file to write (default: the shipped one; other seed or steps: one here)",
    )
    train.set_defaults(run=_train)


def _train(arguments) -> None:
    from lstm_lib.tasks.agreement import unmet
    from lstm_lib.training import RECIPES, train_and_save

    model = train_and_save(arguments.name, seed=arguments.seed, steps=arguments.steps, out=arguments.out)
    scores = model.metadata["scores"]
    print(
        f"{model!r}\nHeld-out accuracy: "
        + ", ".join(
            f"{share:.1%} at distance {distance}" for distance, share in scores["held_out_accuracy"].items()
        )
    )
    for distance, report in scores.get("gender_unit", {}).items():
        print(
            f"Gender unit {report['unit']} at distance {distance}: AUC {report['auc']:.4f}, mean forget gate "
            f"{report['forget_gate']:.4f}, accuracy {report['accuracy_off']:.1%} without it, "
            f"{report['flipped']:.1%} of the predictions flipped with it"
        )
    failures = unmet(scores)
    if not RECIPES[arguments.name].promised:
        shortest, longest = RECIPES[arguments.name].distances
        print(
            f"It saw distances of {shortest} to {longest} words only: whether such a network learns to agree "
            "is what the chapter on long dependencies asks, and nothing is promised."
        )
    elif failures:
        print(f"Not as promised: {'; '.join(failures)}. Another --seed, or more --steps, may do better.")
    else:
        print("It keeps all that the book says of this network.")
    print(f"Saved in {model.path} ({model.path.stat().st_size:,} bytes).")


def _add_horizon(commands) -> None:
    from lstm_lib import horizon

    command = commands.add_parser(
        "horizon",
        help="measure again how far each network learns to look",
        description="Train and test the classifiers of the horizon that the file does not have yet. Each "
        "takes 1 to 30 s; the file is written after each, so that the command goes on where it was stopped.",
    )
    experiments = ("horizon", "mixture", "narrow", "patience")
    command.add_argument("--experiments", nargs="+", choices=experiments, default=experiments)
    networks = list(horizon.NETWORKS)
    command.add_argument("--networks", nargs="+", choices=networks, default=networks)
    command.add_argument("--lags", nargs="+", type=int, default=horizon.LAGS, help="shortest distances")
    command.add_argument("--seeds", nargs="+", type=int, default=horizon.SEEDS)
    command.add_argument("--steps", type=int, help="train for so many steps at most; needs a file of its own")
    command.add_argument("--jobs", type=int, default=-1, help="runs at the same time (default: one a core)")
    command.add_argument("--dask", metavar="ADDRESS", help="compute on the Dask cluster of this scheduler")
    command.add_argument("--out", metavar="FILE", default=horizon.RECORDED, help="default: the book's file")
    command.set_defaults(run=_horizon)


def _horizon(arguments) -> None:
    from lstm_lib import horizon

    points = horizon.points(arguments.experiments, arguments.networks, arguments.lags, arguments.seeds)
    new = horizon.record(
        points, arguments.out, jobs=arguments.jobs, dask=arguments.dask, steps=arguments.steps
    )
    for run in new:
        print(f"{run.point}: {run.accuracy():.1%} in the window after {run.steps} steps")
    print(f"{len(new)} new runs, {len(points) - len(new)} were there already, in {arguments.out}.")


def _add_results(commands) -> None:
    from lstm_lib import results
    from lstm_lib.results.area import STAGES

    keys = results.areas()
    command = commands.add_parser(
        "results",
        help="run the areas of the results again, on real data and on the tasks of 1997",
        description="Train and measure what the file does not have yet. It is written after each run, and a "
        "training that was stopped goes on from its last checkpoint. Needs pip install 'lstm_lib[results]'.",
    )
    command.add_argument(
        "--areas", nargs="+", choices=keys, default=keys, metavar="AREA", help=", ".join(keys)
    )
    command.add_argument("--stages", nargs="+", choices=STAGES, default=STAGES, help="default: all")
    command.add_argument("--names", nargs="+", metavar="NAME", help="only these networks and baselines")
    command.add_argument("--seeds", nargs="+", type=int, help="only these seeds")
    command.add_argument("--jobs", type=int, default=-1, help="runs at the same time (default: one a core)")
    command.add_argument("--dask", metavar="ADDRESS", help="compute on the Dask cluster of this scheduler")
    command.add_argument("--out", metavar="FILE", default=results.RECORDED, help="default: the book's file")
    command.add_argument("--again", action="store_true", help="run what the file has anew, too")
    command.add_argument("--list", action="store_true", help="say what is missing, and run nothing")
    command.set_defaults(run=_results)


def _results(arguments) -> None:
    from lstm_lib import results

    chosen = results.jobs(arguments.areas, arguments.stages, arguments.names, arguments.seeds)
    if arguments.list:
        there = Path(arguments.out).exists() and not arguments.again
        known = {run.job for run in results.load(arguments.out).runs} if there else ()
        print("\n".join(f"{job}{' (there)' if job in known else ''}" for job in chosen))
        return
    new = results.record(
        chosen, arguments.out, jobs=arguments.jobs, dask=arguments.dask, again=arguments.again
    )
    for run in new:
        scores = ", ".join(f"{name} {value:.4g}" for name, value in run.scores.items())
        print(f"{run.job}: {scores or 'no score on test data'} ({run.seconds:.0f} s)")
    print(f"{len(new)} new runs, {len(chosen) - len(new)} were there already, in {arguments.out}.")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    chosen = parser().parse_args(arguments)
    return guarded(lambda: chosen.run(chosen))


def guarded(command: Callable[[], int | None]) -> int:
    """Call it; returns the exit code. A known mistake ends in one line on stderr, no traceback."""
    try:
        return int(command() or 0)
    except KeyboardInterrupt as stopped:
        print(f"\n{stopped}" if str(stopped) else "\nStopped.", file=sys.stderr)
        return INTERRUPTED
    except (ValueError, ArithmeticError, OSError) as error:
        print(f"python -m lstm_lib: {error}", file=sys.stderr)
        return 1
    except ModuleNotFoundError as error:
        advice = ". What training needs is in requirements.txt: pip install -r requirements.txt"
        more = "" if "pip install" in str(error) else advice
        print(f"python -m lstm_lib: {error}{more}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
