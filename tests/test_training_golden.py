"""Trained weights equal those of PyTorch and, for Lion, optax: golden/network.json, made by make_network.py there."""

import json
from pathlib import Path

import numpy as np
import pytest

from speedup import OPTIMIZERS, Lane, TrainSpec, train

GOLDEN = json.loads(Path(__file__).with_name("golden").joinpath("network.json").read_text())
CASES = GOLDEN["cases"]


def name(case):
    h = ",".join(f"{key}:{value:g}" for key, value in case["h"].items())
    return f"{case['setting']}-{case['optimizer']}-{h or 'defaults'}"


@pytest.mark.parametrize("case", CASES, ids=name)
def test_weights_and_losses_equal_the_oracles(case):
    run = train(TrainSpec(**GOLDEN["settings"][case["setting"]], lanes=(Lane(case["optimizer"], case["h"]),)))
    golden, (steps, losses) = np.array(case["params"]), np.transpose(case["loss"])
    assert abs(run.params[0] - golden).max() < 1e-9 * abs(golden).max()
    assert abs(golden - run.initial).max() > 0.01, "it has hardly moved"
    np.testing.assert_allclose(run.batch_loss[0, steps.astype(int)], losses, rtol=1e-9)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_every_optimizer_is_covered(optimizer):
    mine = [case for case in CASES if case["optimizer"] == optimizer]
    assert {case["setting"] for case in mine} == set(GOLDEN["settings"])
    defaults = OPTIMIZERS[optimizer].defaults()
    changed = {key for case in mine for key, value in case["h"].items() if value != defaults[key]}
    assert changed == set(defaults), "a hyperparameter never leaves its default"


def test_every_shape_is_covered():
    specs = [TrainSpec(**fields, lanes=(Lane("sgd"),)) for fields in GOLDEN["settings"].values()]
    assert {spec.net.task for spec in specs} == {"regression", "classification"}
    assert {spec.net.activation for spec in specs} == {"tanh", "sigmoid"}
    assert {len(spec.hidden) for spec in specs} == {1, 2}
    assert {spec.train_samples % spec.batch > 0 for spec in specs} == {True, False}  # the last batch is short, or not
