"""A sweep: every lane of a spec, at every combination of hyperparameters and every seed, on all cores or on a cluster."""

import os
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import count, islice, product
from math import prod
from typing import Any

import numpy as np

from speedup.lane import MOST_SEED, Lane
from speedup.network.training import DRAWN, MEASUREMENTS, TrainSpec, train
from speedup.optimizers import OPTIMIZERS
from speedup.race.race import RaceSpec, simulate
from speedup.schema import validation
from speedup.schema.frozen import Frozen, Result
from speedup.schema.parameters import HYPERPARAMETERS
from speedup.schema.validation import SpecError

MOST_RUNS, MOST_VALUES = 1_000_000, 1000  # of lanes; of a hyperparameter, and of seeds
MOST_STEPS, MOST_WORK = 10**9, 2e11  # of all runs of a race, and of a training, see TrainSpec.work: some minutes
AT_A_TIME = 8  # combinations a thread or a worker computes before it says how far it is
ENDS = [("final", np.float64), ("arrived", np.int64), ("diverged", np.int64)]  # of a run
RETRIES = 3  # times that a part is given to another worker


@dataclass(frozen=True, eq=False, repr=False)
class Sweep(Result):
    """A sweep that was run. Its arrays are (lanes, *values of each hyperparameter, seeds).

    lanes    the numbers of the spec's lanes that have all of the hyperparameters
    over     {hyperparameter: its values}, in the order of the arrays' axes
    seeds    those of the last axis; where data, weights or batches have their own: {which: its seeds}, an axis each
    final    float64: the loss at the end, of a training over all training samples; not finite where it diverged
    arrived  int64: first step inside the surface's goal, -1 for never, and for a training, which has none
    diverged int64: first step at which it isn't finite, -1 for never
    """

    spec: RaceSpec | TrainSpec
    lanes: tuple[int, ...]
    over: Mapping[str, tuple[float, ...]]
    seeds: tuple[int, ...] | Mapping[str, tuple[int, ...]]
    final: np.ndarray
    arrived: np.ndarray
    diverged: np.ndarray

    def to_dataframe(self) -> Any:
        """Returns a pandas.DataFrame, a row for each run: lane, optimizer, hyperparameters, seed, final, arrived, diverged.

        Raises ModuleNotFoundError where pandas isn't installed.
        """
        import pandas as pd

        seeds = (
            {f"{name}_seed": one for name, one in self.seeds.items()} if isinstance(self.seeds, Mapping) else {"seed": self.seeds}
        )
        axes = {"lane": self.lanes, **self.over, **seeds}
        table = dict(zip(axes, (one.ravel() for one in np.meshgrid(*axes.values(), indexing="ij"))))
        optimizers = [self.spec.lanes[lane].optimizer for lane in table["lane"]]
        found = {name: getattr(self, name).ravel() for name in ("final", "arrived", "diverged")}
        return pd.DataFrame({"lane": table.pop("lane"), "optimizer": optimizers} | table | found)


def sweep(
    spec: RaceSpec | TrainSpec,
    over: Mapping[str, Sequence[float]],
    seeds: Sequence[int] | Mapping[str, Sequence[int]] = range(20),
    progress: Callable[[float], object] | None = None,
    client: Any = None,
) -> Sweep:
    """Runs every lane of a spec that has the hyperparameters of `over` {name: values} at every combination and seed.

    `seeds` {"data", "weights" or "batches": seeds} of a TrainSpec draws each at all of its own, the others at the spec's;
    every seed meets every other. The same, bit for bit, as runs of that lane alone. Everything is checked before any work:
    SpecError for a hyperparameter, value or seed that may not be, or for too much work; TypeError for anything else than a
    spec. Threads run on all cores; with `client`, a dask.distributed.Client, the workers of its cluster, where another one
    takes over from one that is killed. `progress` is called with the share that is done, from the calling thread; what it
    raises ends the sweep. Without it a bar is shown in terminals and notebooks that have tqdm.
    """
    validation.instance(spec, (RaceSpec, TrainSpec), "sweep")
    lanes, values = _over(spec, over)
    drawn = _seeds(spec, seeds)
    sizes = len(lanes), *map(len, values.values()), prod(map(len, drawn.values()))
    _bounded(spec, lanes, sizes)
    places = [(lane, *at) for lane in range(len(lanes)) for at in product(*(range(len(one)) for one in values.values()))]
    singles = (_alone(spec, lanes[lane], {name: one[i] for (name, one), i in zip(values.items(), at)}) for lane, *at in places)
    draws = [dict(zip(drawn, one)) for one in product(*drawn.values())]
    pool = client.get_executor(pure=False, retries=RETRIES) if client else ThreadPoolExecutor(os.cpu_count())
    found = np.empty((len(places), len(draws)), ENDS)
    with pool:
        _fill(found, pool, (_batched(singles), draws), progress)
    shape = *sizes[:-1], *map(len, drawn.values())
    arrays = (np.ascontiguousarray(found[name]).reshape(shape) for name, _ in ENDS)
    return Sweep(spec, lanes, Frozen(values), drawn.get("", Frozen(drawn)), *arrays)


def _fill(found, pool, work, progress):
    """Fills in found (runs, draws), part after part of the work (parts, draws) as the pool has done it."""
    parts, draws = work
    jobs = {pool.submit(_run, part, draws): i for i, part in enumerate(parts)}
    try:
        with _told(progress, len(jobs)) as tell:
            for job in as_completed(jobs):
                for place, ends in enumerate(job.result(), jobs[job] * AT_A_TIME):
                    found[place] = ends
                tell()
    except BaseException:
        for job in jobs:
            job.cancel()
        raise


def _batched(many):
    """Gives AT_A_TIME of `many` at a time."""
    rest = iter(many)
    while part := list(islice(rest, AT_A_TIME)):
        yield part


def _run(singles, draws):
    """How specs of one lane end: [[(final loss, arrived, diverged) of each draw], ...]. What a thread or a worker does."""
    return [_all_ends(single, draws) for single in singles]


def _all_ends(single, draws):
    """How it ends in each draw; a race without noise in all of them alike."""
    if isinstance(single, RaceSpec) and single.noise == 0:
        return [_ends(single)] * len(draws)
    return [_ends(_drawn(single, draw)) for draw in draws]


def _drawn(spec, draw):
    """The spec with other seeds {what: seed}; {"": seed}: of all that has none of its own."""
    return replace(spec, seed=draw[""]) if "" in draw else replace(spec, seeds=spec.seeds | draw)


@contextmanager
def _told(progress, parts):
    """Gives what to call after each of so many parts."""
    try:
        from tqdm.auto import tqdm
    except ModuleNotFoundError:
        tqdm = None
    if progress or not tqdm:
        done = count(1)
        yield lambda: progress and progress(next(done) / parts)
        return
    with tqdm(total=parts, desc="sweep", leave=False, disable=None) as bar:  # None: not in a file
        yield bar.update


def _values(field, values):
    return validation.sequence(field, values, f"a list of 1 to {MOST_VALUES} numbers", 1, MOST_VALUES)


def _seeds(spec, seeds):
    """{what: its seeds}; {"": seeds} of all together."""
    if not isinstance(seeds, Mapping):
        return {"": tuple(validation.integer("seeds", one, 0, MOST_SEED) for one in _values("seeds", seeds))}
    if not seeds or not isinstance(spec, TrainSpec):
        raise SpecError(
            "seeds", seeds, "a list of seeds, or of a training a mapping of " + ", ".join(DRAWN) + " to lists of seeds"
        )
    given = {validation.choice("seeds", name, DRAWN): _values(f"seeds {name}", some) for name, some in seeds.items()}
    return {name: tuple(validation.integer(f"seeds {name}", one, 0, MOST_SEED) for one in some) for name, some in given.items()}


def _over(spec, over):
    """(numbers of the lanes that have all hyperparameters, {name: values as floats})."""
    if not isinstance(over, Mapping) or not over:
        raise SpecError("over", over, "a mapping of hyperparameters to values")
    rows, values = [HYPERPARAMETERS[validation.choice("over", name, HYPERPARAMETERS)] for name in over], {}
    for row in rows:
        given = _values(f"over {row.name}", over[row.name])
        values[row.name] = tuple(validation.parameter("over", row.name, one, [row])[1] for one in given)
    lanes = tuple(i for i, lane in enumerate(spec.lanes) if values.keys() <= OPTIMIZERS[lane.optimizer].defaults().keys())
    if not lanes:
        raise SpecError("over", ", ".join(values), "hyperparameters that a lane of the spec has, all of them")
    return lanes, values


def _bounded(spec, lanes, sizes):
    """Raises SpecError if the sweep is too large."""
    runs = prod(sizes)
    if runs > MOST_RUNS:
        raise SpecError("runs", runs, f"at most {MOST_RUNS} (lanes x combinations x seeds)")
    if isinstance(spec, RaceSpec):
        if runs * spec.steps > MOST_STEPS:
            raise SpecError("work", runs * spec.steps, f"at most {MOST_STEPS} (steps of all runs)")
        return
    measured = (MEASUREMENTS + 2) * spec.samples * spec.net.parameters
    work = runs // len(lanes) * sum(_alone(spec, lane, {}).work + measured for lane in lanes)
    if work > MOST_WORK:
        raise SpecError(
            "work", f"{work:.3g}", f"at most {MOST_WORK:g} (steps x batch x parameters, and measurements, of all runs)"
        )


def _alone(spec, number, values):
    """The spec with one of its lanes alone, at these values of its hyperparameters."""
    lane = spec.lanes[number]
    alone: dict[str, Any] = {"lanes": (Lane(lane.optimizer, lane.hyperparameters | values, lane.batch),)}
    if isinstance(spec, TrainSpec):
        alone["changes"] = tuple(change._replace(lane=0) for change in spec.changes if change.lane == number)
    return replace(spec, **alone)


def _ends(spec):
    """(final loss, arrived, diverged) of a spec of one lane."""
    if isinstance(spec, RaceSpec):
        race = simulate(spec)
        return race.paths[0, -1, 2], race.arrived[0], race.diverged[0]
    run = train(spec)
    return run.train_loss[0, -1], -1, run.diverged[0]
