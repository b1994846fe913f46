"""A scene as a Python script with PyTorch, which prints the numbers that the scene ends with.

It needs torch only (and NumPy, where random numbers are drawn). Surfaces, data and random numbers are our own functions'
source, the optimizers torch.optim's, or ours where PyTorch lacks the rule.
"""

import re
import textwrap
from dataclasses import replace
from itertools import accumulate
from math import nextafter

import numpy as np

from speedup.datasets import DATASETS, draw
from speedup.export import templates as templates
from speedup.export.rules import call, change, has_torch, own_rules
from speedup.export.source import Bundle
from speedup.network.learning import shuffle
from speedup.network.shape import INITS, initialise
from speedup.network.training import train
from speedup.numerics.rng import normal_pair
from speedup.optimizers import OPTIMIZERS
from speedup.race.race import GRADIENT_NOISE, simulate
from speedup.scenes import network_scene
from speedup.scenes.network_scene import NetworkScene
from speedup.scenes.surfaces_scene import Scene
from speedup.surfaces import SURFACES
from speedup.words import i18n

IMPORTS = {  # what of a script needs it
    r"\bmath\.": "import math",
    r"\bnamedtuple\(": "from collections import namedtuple",
    r"@cache": "from functools import cache",
    r"\bSimpleNamespace\(": "from types import SimpleNamespace",
    r"\bnp\.": "import numpy as np",
}
SOON = 1e9  # of TrainSpec.work: under a second, to be done twice for a download
ACTIVATIONS = {"relu": "ReLU", "tanh": "Tanh", "sigmoid": "Sigmoid", "linear": "Identity"}
LOSSES = {"regression": "MSELoss", "classification": "BCEWithLogitsLoss"}


def filename(scene: Scene | NetworkScene) -> str:
    """Returns the file name of a scene's script: speedup-beale.py."""
    name = scene.run.dataset if isinstance(scene, network_scene.NetworkScene) else scene.race.surface
    return f"speedup-{name}.py"


def race_script(scene: Scene, lang: str = i18n.DEFAULT) -> str:
    """Returns the Python of a Scene: it prints x, y and the loss of each lane at the end, and the step of its arrival."""
    race, words = scene.race, _Words(lang)
    row = SURFACES[race.surface]
    surface = Bundle("torch")
    surface.add(row.kernel, None if row.parameters else "x, y")
    lanes = [_Lane(i, lane, ()) for i, lane in enumerate(race.lanes)]
    marks = _marks(race, lambda spec: simulate(spec).paths[:, -1], words)
    table = [f'    "{lane.name}": lambda w: {lane.make},{mark}' for lane, mark in zip(lanes, marks)]
    run = templates.RACE.format(
        surface=f"{row.name}(*w, *PARAMETERS)" if row.parameters else f"{row.name}(*w)",
        goal="min(math.dist((x, y), one) for one in MINIMA) <= RADIUS" if row.minima else "z <= ESCAPED",
        noise=" + noise[t]" if race.noise else "",
        diverged=words.status("diverged"),
        arrived=words.status("arrived" if row.minima else "escaped"),
    )
    settings = [*_race_settings(race, row, words), f"# {words('lanes')}", "LANES = {", *table, "}"]
    parts = ["\n".join(settings), _titled(words("surface"), surface.text())]
    if race.noise:
        draws = Bundle("np")
        draws.add(normal_pair)
        parts.append(_titled(words("draws"), draws.text() + templates.NOISE.format(stream=GRADIENT_NOISE)))
    parts += [*_rules(lanes, words), _titled(words("race"), run)]
    return _whole(i18n.words(lang)["surfaces"][row.name], filename(scene), words, parts)


def _race_settings(race, row, words):
    """The lines at the top, with all that one may want to change."""
    yield f"START = {race.start!r}"
    yield f"STEPS = {race.steps}"
    if row.parameters:
        values = ", ".join(repr(race.params[one.name]) for one in row.parameters)
        yield f"PARAMETERS = torch.tensor([{values}])  # {', '.join(one.name for one in row.parameters)}"
    if row.minima:
        yield f"MINIMA, RADIUS = {list(row.minima)!r}, {row.radius!r}  # {words('minima')}"
    else:
        yield f"ESCAPED = {row.escaped!r}  # {words('escaped')}"
    if race.noise:
        yield f"NOISE, SEED = {race.noise!r}, {race.seed}  # {words('noise')}"


def training_script(scene: NetworkScene, lang: str = i18n.DEFAULT) -> str:
    """Returns the Python of a NetworkScene: it prints the loss of each lane over all training samples at the end.

    Of a classification the accuracy too, and both of the samples held out, if there are any.
    """
    run, words = scene.run, _Words(lang)
    row = DATASETS[run.dataset]
    data, weights, order = (Bundle("np") for _ in range(3))
    data.add(row.function)
    data.add(draw)
    weights.add(initialise)
    order.add(shuffle)
    order.leave_out(weights)
    lanes = [_Lane(i, lane, [one for one in run.changes if one.lane == i]) for i, lane in enumerate(run.lanes)]
    parts = [
        _experiment(run, lanes, words),
        _titled(words("data"), data.text() + templates.DATA),
        _titled(words("weights"), weights.text() + _net(run, words)),
        _titled(words("order"), order.text() + templates.BATCHES.format(epoch=words("epoch"), batches=words("batches"))),
        *_rules(lanes, words),
        _titled(words("training"), _loop(run, words)),
    ]
    name = network_scene.named(scene)
    named = i18n.words(lang)["scenes"][name] if name else i18n.words(lang)["datasets"][row.name]
    return _whole(named, filename(scene), words, parts)


def _experiment(run, lanes, words):
    """The numbers of the training, and its lanes."""
    soon = run.work < SOON
    marks = _marks(run, lambda spec: train(spec).train_loss[:, -1:], words) if soon else [""] * len(lanes)
    lines = [
        f"SAMPLES, NOISE, TEST, SEED = {run.samples}, {run.noise!r}, {run.test!r}, {run.seed}",
        f"UNITS = {list(run.net.sizes)!r}  # {words('units')}",
        f"STEPS = {run.steps}",
        f"# {words('network_lanes')}",
        *([] if soon else [f"# {words('unchecked')}"]),
        "LANES = [",
    ]
    for one, lane, mark in zip(lanes, run.lanes, marks, strict=True):
        lines.append(f'    ("{one.name}", {run.batch_of(lane)}, lambda w: {one.make}, {one.changes}),{mark}')
    return "\n".join([*lines, "]"])


def _loop(run, words):
    """The part that trains."""
    task = DATASETS[run.dataset].task
    return templates.TRAINING.format(
        loss=LOSSES[task],
        diverged=words.status("diverged"),
        measured=words("measured"),
        accuracy=templates.ACCURACY if task == "classification" else "",
        test=templates.TEST if run.train_samples < run.samples else "",
    )


def _net(run, words):
    """The part that makes the net."""
    layers = []
    for ins, outs in zip(run.net.sizes, run.net.sizes[1:]):
        layers += [f"        torch.nn.Linear({ins}, {outs}),", f"        torch.nn.{ACTIVATIONS[run.activation]}(),"]
    text = "\n".join(layers[:-1])
    return templates.NET.format(layers=text, init=INITS.index(run.init), name=run.init, net=words("net"))


def _marks(spec, ends, words):
    """A comment for each lane, "" unless it ends elsewhere once the last bit of its learning rate is another one.

    There the last bit of PyTorch's sums and sines decides, too. ends(spec): an array, a row for each lane.
    """
    nudged = []
    for lane in spec.lanes:
        lr = lane.hyperparameters["lr"]
        other = nextafter(lr, 0.0 if lr > 1e-3 else 1.0)
        nudged.append(replace(lane, hyperparameters=dict(lane.hyperparameters) | {"lr": other}))
    same = np.isclose(ends(spec), ends(replace(spec, lanes=tuple(nudged))), rtol=1e-8, atol=1e-10, equal_nan=True)
    return ["" if one.all() else f"  # {words('rounding')}" for one in same]


def _titled(title, text):
    return f"# {title}\n{text.strip()}"


class _Words:
    """The words of a script in a language."""

    def __init__(self, lang):
        self.lang = lang

    def __call__(self, key, **values):
        return i18n.text(self.lang, f"script.{key}", **values)

    def status(self, key):
        """How a lane ended, as part of an f-string in which t is the step."""
        return i18n.text(self.lang, f"stage.{key}", step="{t}")


class _Lane:
    """The text of a lane: its name, what makes its optimizer of the weights w, and its changes {step: …}."""

    def __init__(self, index, lane, changes):
        row, steps = OPTIMIZERS[lane.optimizer], {0: dict(lane.hyperparameters)}
        for one in changes:
            steps.setdefault(one.step, {})[one.name] = one.value
        history = list(accumulate(steps.values(), dict.__or__))
        del steps[0]
        self.name, self.optimizer = f"{index + 1} {row.label}", row.name
        self.make, self.own = call(row.name, history, "w"), not has_torch(row.name, history)
        self.changes = "{" + ", ".join(f"{step}: {change(row.name, values)}" for step, values in steps.items()) + "}"


def _rules(lanes, words):
    own = list(dict.fromkeys(lane.optimizer for lane in lanes if lane.own))
    return [_titled(words("rules"), own_rules(own))] if own else []


def _whole(named, file, words, parts):
    """The script of its parts: what it is and what it imports come first."""
    text = "\n\n\n".join(parts)
    about = textwrap.fill(words("about", **named), 110)
    imports = [line for used, line in IMPORTS.items() if re.search(used, text)]
    standard = [line for line in imports if "numpy" not in line]
    others = [line for line in imports if "numpy" in line] + ["import torch"]
    settings = ["torch.set_default_dtype(torch.float64)"] + [f'np.seterr(over="ignore")  # {words("wrap")}'] * ("uint64" in text)
    blocks = [
        f'"""{about}\n\n{words("usage", file=file)}\n"""',
        *filter(None, ["\n".join(standard)]),
        "\n".join(others),
        "\n".join(settings),
    ]
    return "\n\n".join(blocks) + "\n\n" + text + "\n"
