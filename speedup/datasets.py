"""What networks learn: each dataset a function (n, noise, rng) -> (inputs, targets), and the table of them all.

inputs float64 (n, 1) or (n, 2), targets float64 (n,): a value, or 0 or 1 for the two classes. noise is the standard
deviation of what is added: to the targets of a regression, to both coordinates of a point that is to be classified
(after its class was given). rng is NumPy's RandomState, whose numbers never change from version to version.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from speedup.schema.frozen import Row, Table

RADIUS = 5.0  # of the data in the plane, as in TensorFlow's Playground
LINE, PLANE = ((-1.0, 1.0),), ((-6.0, 6.0), (-6.0, 6.0))


@dataclass(frozen=True, repr=False)
class Dataset(Row):
    """A row of DATASETS. `domain`: an interval per input. `truth`: the curve without noise, of a regression.

    `most_noise` bounds the noise; `teaches` says in a sentence what there is to see.
    """

    name: str
    label: str
    function: Callable
    task: str
    domain: tuple[tuple[float, float], ...]
    teaches: str
    truth: Callable | None = None
    most_noise: float = 1.0


def _alternating(n):
    """0, 1, 0, 1, …"""
    return np.arange(n) % 2


def parabola(x: np.ndarray) -> np.ndarray:
    """Computes x^2."""
    return x * x


def sine(x: np.ndarray) -> np.ndarray:
    """Computes sin pi x."""
    return np.sin(np.pi * x)


def step(x: np.ndarray) -> np.ndarray:
    """Computes 0 up to x = 0, then 1."""
    return (x > 0).astype(np.float64)


def circle(n: int, rng: np.random.RandomState) -> tuple[np.ndarray, np.ndarray]:
    """Draws class 1 in a disc, class 0 in the ring around it."""
    one = _alternating(n)
    radius = RADIUS * np.where(one == 1, rng.uniform(0.0, 0.5, n), rng.uniform(0.7, 1.0, n))
    angle = rng.uniform(0, 2 * np.pi, n)
    return np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1), one


def xor(n: int, rng: np.random.RandomState) -> tuple[np.ndarray, np.ndarray]:
    """Draws class 1 where x and y have the same sign, with a gap of 0.6 along the axes."""
    points = rng.uniform(-RADIUS, RADIUS, (n, 2))
    points += 0.3 * np.sign(points)
    return points, points[:, 0] * points[:, 1] > 0


def gaussians(n: int, rng: np.random.RandomState) -> tuple[np.ndarray, np.ndarray]:
    """Draws two clouds N((2, 2), 1) and N((-2, -2), 1)."""
    one = _alternating(n)
    return rng.normal(size=(n, 2)) + np.where(one == 1, 2.0, -2.0)[:, None], one


def spiral(n: int, rng: np.random.RandomState) -> tuple[np.ndarray, np.ndarray]:
    """Draws two arms of one and three quarters turns each, opposite to each other."""
    one, part = _alternating(n), np.arange(n) / n
    angle = 1.75 * 2 * np.pi * part + np.pi * one
    return RADIUS * part[:, None] * np.stack([np.sin(angle), np.cos(angle)], axis=1), one


def moons(n: int, rng: np.random.RandomState) -> tuple[np.ndarray, np.ndarray]:
    """Draws two half circles that reach into each other."""
    one = _alternating(n)
    angle = np.pi * np.arange(n) / n
    x = np.where(one == 1, 0.5 - np.cos(angle), np.cos(angle) - 0.5)
    y = np.where(one == 1, 0.25 - np.sin(angle), np.sin(angle) - 0.25)
    return 3.0 * np.stack([x, y], axis=1), one


def _curve(truth, label, teaches, **rest):
    """A row: x evenly from -1 to 1, y = truth(x) + noise N(0, 1)."""

    def function(n, noise, rng):
        x = np.linspace(*LINE[0], n)
        return x[:, None], truth(x) + noise * rng.normal(size=n)

    return Dataset(truth.__name__, label, function, "regression", LINE, teaches, truth, **rest)


def _shape(shape, label, teaches, **rest):
    """A row: the n points and classes of a shape, then noise N(0, 1) on both coordinates."""

    def function(n, noise, rng):
        points, classes = shape(n, rng)
        return points + noise * rng.normal(size=(n, 2)), classes.astype(np.float64)

    return Dataset(shape.__name__, label, function, "classification", PLANE, teaches, **rest)


_ROWS = (
    _curve(parabola, "Parabola", "A smooth curve in noise: on new data no net can do better than the noise, the dashed line."),
    _curve(sine, "Sine wave", "Two bends in opposite directions: the kinks of ReLU have to be put in the right places."),
    _curve(step, "Step", "A jump, which a smooth net can only approach: ever larger weights make it ever steeper."),
    _shape(circle, "Circle", "A disc in a ring: without hidden units no straight line parts them, three units can."),
    _shape(xor, "XOR", "Opposite corners belong together: the problem that single-layer networks could not solve."),
    _shape(gaussians, "Two clouds", "Easy: a straight line parts them, so every optimizer gets there, and soon."),
    _shape(spiral, "Two spirals", "Hard for a small net: the loss stays flat for long until the arms come apart."),
    _shape(moons, "Two moons", "Two arcs that reach into each other: a line gets most of them right, a bend the rest."),
)
DATASETS = Table(_ROWS)


def make(dataset: str, samples: int, noise: float, test: float, seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Returns (inputs, targets, is_test) of a dataset by its name; is_test bool (samples,): the share `test`, drawn at random."""
    return draw(DATASETS[dataset].function, samples, noise, test, seed)


def draw(function: Callable, samples: int, noise: float, test: float, seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Returns (inputs, targets, is_test) of the `function` of a row."""
    rng = np.random.RandomState(seed)
    inputs, targets = function(samples, noise, rng)
    is_test = np.zeros(samples, bool)
    is_test[rng.permutation(samples)[: round(test * samples)]] = True
    return inputs, targets, is_test
