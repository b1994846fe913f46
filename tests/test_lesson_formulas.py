"""The updates that the lesson prints, run line by line: they compute what the stage computes (which golden.json holds
against PyTorch)."""

import re
from math import sqrt

import pytest

from speedup import OPTIMIZERS
from speedup.decay import start, tick
from speedup.scenes.lesson import PARTS, TELLINGS
from speedup.schema.parameters import HYPERPARAMETERS, Hyper
from speedup.words import i18n

MARK = re.compile(r"\[(\w+)\|([^][|]+)\]")
OPTIMIZER = {"drunk": "sgd", "slope": "momentum", "shoes": "adagrad", "both": "rmsprop", "adam": "adam"}
MOMENTUM = {"slope", "adam"}  # whose updates carry something along
SETTINGS = dict(lr=0.1, momentum=0.8, rho=0.7, beta1=0.8, beta2=0.9, eps=1e-3, bias_correction=1.0)
GRADIENTS = 0.5, -0.3, 2.0, 0.01, -1.0, 0.7


def words(name, lang="en"):
    return i18n.words(lang)["lesson"]["scenes"][name]


def plain(line):
    """A line without its marks."""
    return MARK.sub(r"\2", line)


def by_kernel(name, **settings):
    """[w, ...] after each of the gradients, from w = 1, by the kernel that the stage runs."""
    h = Hyper(**dict.fromkeys(HYPERPARAMETERS, 0.0) | SETTINGS | settings)
    w, state, decay, found = 1.0, (0.0, 0.0, 0.0), start(h), []
    for g in GRADIENTS:
        decay = tick(decay, h)
        w, state = OPTIMIZERS[OPTIMIZER[name]].kernel(w, g, state, decay, h)
        found.append(w)
    return found


def by_lines(lines, weight, gradient, settings):
    """The same by running the lines; all that isn't given starts at zero."""
    code = compile("\n".join(map(plain, lines)), "lesson", "exec")
    names = dict.fromkeys(code.co_names, 0.0) | settings | {weight: 1.0, "sqrt": sqrt}
    found = []
    for t, g in enumerate(GRADIENTS, 1):
        names |= {gradient: g, "t": t}
        exec(code, names)
        found.append(names[weight])
    return found


@pytest.mark.parametrize("name", OPTIMIZER)
def test_pytorch_s_lines(name):
    """Named as in torch.optim: rho is alpha there."""
    found = by_lines(TELLINGS[name].pytorch, "p", "grad", SETTINGS | {"alpha": SETTINGS["rho"]})
    assert found == pytest.approx(by_kernel(name), rel=1e-12)


@pytest.mark.parametrize("name", OPTIMIZER)
def test_the_chapter_s_lines(name):
    """Without epsilon and bias correction; its RMSProp calls b1 what is rho here."""
    b1 = SETTINGS["rho" if name == "both" else "beta1"]
    found = by_lines(TELLINGS[name].chapter, "W", "dx", {"lr": 0.1, "b1": b1, "b2": SETTINGS["beta2"]})
    assert found == pytest.approx(by_kernel(name, eps=0.0, bias_correction=0.0), rel=1e-12)


@pytest.mark.parametrize("name", TELLINGS)
def test_marks_are_parts_and_leave_plain_lines(name):
    telling = TELLINGS[name]
    assert bool(telling.chapter) == bool(telling.pytorch) == (name in OPTIMIZER)
    for lines in filter(None, (telling.chapter, telling.pytorch)):
        marked = {part for line in lines for part, _ in MARK.findall(line)}
        assert marked == set(PARTS) - (set() if name in MOMENTUM else {"momentum"})
        for line in map(plain, lines):
            assert not set(line) & set("[]|") and line.isascii() and len(line) <= 46


@pytest.mark.parametrize("name", OPTIMIZER)
def test_the_optimizer_told_of_is_on_the_stage(name):
    assert OPTIMIZER[name] in [lane.optimizer for lane in TELLINGS[name].scene.lanes]


NAMED = dict(slope=("b1", "momentum"), both=("b1", "alpha"), adam=("b1", "b2"))  # what formulas call the sliders' β, ρ, β₁, β₂


@pytest.mark.parametrize("lang", i18n.LANGUAGES)
@pytest.mark.parametrize("name", NAMED)
def test_what_a_formula_names_differently_is_said_once(name, lang):
    telling, said = TELLINGS[name], words(name, lang)["words"]
    assert all(other in said and other in " ".join(telling.chapter + telling.pytorch) for other in NAMED[name])
    _, index, field, _ = telling.move
    symbols = {row.name: row.symbol for row in OPTIMIZERS[telling.scene.lanes[index].optimizer].hyperparameters}
    needed = (field, "beta2", "bias_correction") if name == "adam" else (field,)
    assert all(symbols[one] in said for one in needed)


def test_the_slope_is_the_gradient_and_the_hill_is_momentum():
    for name in ("slope", "both", "adam"):
        assert "hill" in words(name)["title"].lower() and "hill" in words(name)["words"]
    assert "slope" not in "".join(words("slope").values()) and "slope" in words("drunk")["words"]
