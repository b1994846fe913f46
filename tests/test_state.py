"""What optimizers remember equals torch.optim's own state: golden/state.json, made by golden/make_state.py."""

import json
from pathlib import Path

import numpy as np
import pytest

from speedup import OPTIMIZERS, Lane, RaceSpec, anatomy

GOLDEN = json.loads(Path(__file__).with_name("golden").joinpath("state.json").read_text())
CASES = GOLDEN["cases"]
OURS = {
    "momentum_buffer": "m", "exp_avg": "m", "exp_avg_sq": "v", "square_avg": "v", "sum": "v", "max_exp_avg_sq": "u", "acc_delta": "u",
    "exp_inf": "u",
}  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['optimizer']}-{case['h']['weight_decay']:g}")
def test_it_is_torch_s(case):
    spec = RaceSpec(
        GOLDEN["surface"], tuple(GOLDEN["start"]), steps=case["steps"][-1], lanes=(Lane(case["optimizer"], case["h"]),)
    )
    for i, step in enumerate(case["steps"]):
        one = anatomy(spec, 0, step - 1)
        found = {name: one.after[slot] for name, slot in OURS.items() if name in case["state"]}
        if "mu_product" in case["state"]:
            found["mu_product"] = one.decay["product"]
        assert found.keys() == case["state"].keys() and {OURS.get(name) for name in found} - {None} == one.after.keys()
        for name, value in found.items():
            np.testing.assert_allclose(value, case["state"][name][i], rtol=1e-12, atol=1e-12, err_msg=name)


def test_every_optimizer_of_torch_s_that_remembers_is_there():
    assert {case["optimizer"] for case in CASES} == OPTIMIZERS.keys() - {"sgd", "lion"}
