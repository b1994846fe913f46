"""The updates that the lesson prints, run line by line: they compute what the stage computes (which golden.json holds
against PyTorch)."""

import re
from math import sqrt

import pytest

from speedup import OPTIMIZERS
from speedup.lesson import PARTS, TELLINGS
from speedup.optimizers import start, tick
from speedup.rows import HYPERPARAMETERS, Hyper

MARK = re.compile(r"\[(\w+)\|([^][|]+)\]")
OPTIMIZER = {"drunk": "sgd", "slope": "momentum", "shoes": "adagrad", "both": "rmsprop", "adam": "adam"}
MOMENTUM = {"slope", "adam"}  # whose updates carry something along
SETTINGS = dict(lr=0.1, momentum=0.8, rho=0.7, beta1=0.8, beta2=0.9, eps=1e-3, bias_correction=1.0)
GRADIENTS = 0.5, -0.3, 2.0, 0.01, -1.0, 0.7


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
