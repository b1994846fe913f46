"""The answers to the lesson's questions, of runs by the library: what the browser's rules (lesson/rules.js) are held against."""

import numpy as np

from speedup import simulate, train
from speedup.network.training import every_of


def first(scene):
    """float64 (lanes,): the step at which each lane of a race arrives, inf for never."""
    arrived = simulate(scene.race).arrived
    return np.where(arrived >= 0, arrived, np.inf)


def straightest(scene):
    """float64 (lanes,): the length of each lane's way until it arrives, inf if it never does."""
    race = simulate(scene.race)
    ways = [np.hypot(*np.diff(path[: end + 1, :2], axis=0).T).sum() for path, end in zip(race.paths, race.arrived, strict=True)]
    return np.where(race.arrived >= 0, ways, np.inf)


def lowest(scene):
    """float64 (lanes,): each lane's loss over all training samples, once it has seen as many samples as every lane sees.

    That is at the end for the lane of the smallest batch, and for all if their batches are alike; for the others as last
    measured up to that step, as the stage has it.
    """
    run = train(scene.run)
    batches = [scene.run.batch_of(lane) for lane in scene.lanes]
    steps = [scene.run.steps * min(batches) // batch for batch in batches]
    nth = [-1 if step == scene.run.steps else step // every_of(scene.run) for step in steps]
    return run.train_loss[np.arange(len(nth)), nth]


SCORES = {score.__name__: score for score in (first, lowest, straightest)}  # the lane of the least value is the answer


def answer(telling):
    """The lane (from 0) that answers the question of a Telling."""
    return int(np.nanargmin(SCORES[telling.question](telling.scene)))
