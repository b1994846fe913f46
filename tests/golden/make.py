"""Make golden.json: float64 paths of other people's optimizers; tests/test_golden.py compares ours with them.

    python tests/golden/make.py          # in an environment with torch 2.13, jax and optax; takes two minutes

Nothing of this project is imported. The surfaces are written down here from the published formulas, autograd
differentiates them; the optimizers are torch.optim's own classes, Lion is optax's.

golden.json, of the cases in cases.py, is {made_with: {package: version}, cases: [...]}, a line for each case:
    surface, params, start, steps, optimizer    as in a RaceSpec with one lane
    h         the hyperparameters given; all others are left at the oracle's own defaults
    oracle    "torch"; "optax"; "torch, uncorrected", see `torch_stepper`; "chapter", see `chapter_stepper`
    diverged  the first step at which x, y or the loss is not finite, -1 for never
    rows      [step, x, y, loss] at a few steps, all finite; JSON keeps every bit of a float64

Rounding may not decide where a path goes: each is run again from a start moved by 1e-15, and with x and y
nudged by their last bit after every step (some paths forget the start first and become unstable later). It
has to stay within 1e-12 of itself (relative, or 1e-13 absolute: 200 nudges add up), else the script stops.
"""

import json
import math
import os
from pathlib import Path

os.environ["JAX_ENABLE_X64"] = "1"

import jax
import jax.numpy as jnp
import optax
import torch
from cases import DIVERGING, STEPS, cases
from torch import cos, exp, sin, sqrt

torch.set_default_dtype(torch.float64)  # else NAdam keeps its running product of mu in float32
torch.set_num_threads(1)

KEPT = (0, 1, 2, 3, 5, 10, *range(25, STEPS + 1, 25))  # the steps stored
FILE = Path(__file__).with_name("golden.json")
PI = math.pi


def long_valley(x, y, condition, angle):
    """Half of u² + condition·v², (u, v) being (x, y) seen from axes turned by `angle` degrees."""
    c, s = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    return 0.5 * ((c * x + s * y) ** 2 + condition * (c * y - s * x) ** 2)


def goldstein_price(x, y):
    """Goldstein & Price 1971."""
    first = 1 + (x + y + 1) ** 2 * (19 - 14 * x + 3 * x**2 - 14 * y + 6 * x * y + 3 * y**2)
    second = 30 + (2 * x - 3 * y) ** 2 * (18 - 32 * x + 12 * x**2 + 48 * y - 36 * x * y + 27 * y**2)
    return first * second


FORMULAS = {
    "rosenbrock": lambda x, y: (1 - x) ** 2 + 100 * (y - x**2) ** 2,
    "beale": lambda x, y: (1.5 - x + x * y) ** 2 + (2.25 - x + x * y**2) ** 2 + (2.625 - x + x * y**3) ** 2,
    "himmelblau": lambda x, y: (x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2,
    "saddle": lambda x, y: x**2 - y**2,
    "monkey_saddle": lambda x, y: x**3 - 3 * x * y**2,
    "long_valley": long_valley,
    "rastrigin": lambda x, y: 20 + x**2 - 10 * cos(2 * PI * x) + y**2 - 10 * cos(2 * PI * y),
    "ackley": lambda x, y: -20 * exp(-0.2 * sqrt((x**2 + y**2) / 2)) - exp((cos(2 * PI * x) + cos(2 * PI * y)) / 2) + math.e + 20,
    "three_hump_camel": lambda x, y: 2 * x**2 - 1.05 * x**4 + x**6 / 6 + x * y + y**2,
    "six_hump_camel": lambda x, y: (4 - 2.1 * x**2 + x**4 / 3) * x**2 + x * y + (4 * y**2 - 4) * y**2,
    "styblinski_tang": lambda x, y: (x**4 - 16 * x**2 + 5 * x + y**4 - 16 * y**2 + 5 * y) / 2,
    "goldstein_price": goldstein_price,
    "booth": lambda x, y: (x + 2 * y - 7) ** 2 + (2 * x + y - 5) ** 2,
    "matyas": lambda x, y: 0.26 * (x**2 + y**2) - 0.48 * x * y,
    "mccormick": lambda x, y: sin(x + y) + (x - y) ** 2 - 1.5 * x + 2.5 * y + 1,
    "levy13": lambda x, y: (
        sin(3 * PI * x) ** 2 + (x - 1) ** 2 * (1 + sin(3 * PI * y) ** 2) + (y - 1) ** 2 * (1 + sin(2 * PI * y) ** 2)
    ),
    "easom": lambda x, y: -cos(x) * cos(y) * exp(-((x - PI) ** 2) - (y - PI) ** 2),
}

TORCH = {  # the class, and the arguments that make it this optimizer
    "sgd": (torch.optim.SGD, {}),
    "momentum": (torch.optim.SGD, {"momentum": 0.9}),
    "nesterov": (torch.optim.SGD, {"momentum": 0.9, "nesterov": True}),
    "adagrad": (torch.optim.Adagrad, {}),
    "adadelta": (torch.optim.Adadelta, {}),
    "rmsprop": (torch.optim.RMSprop, {}),
    "adam": (torch.optim.Adam, {}),
    "amsgrad": (torch.optim.Adam, {"amsgrad": True}),
    "adamax": (torch.optim.Adamax, {}),
    "nadam": (torch.optim.NAdam, {}),
    "adamw": (torch.optim.AdamW, {}),
}


def torch_stepper(p, optimizer, h):
    """torch.optim's class, its arguments translated.

    Uncorrected: it is told to be at step 10^9, where beta^t is 0 and dividing by 1 - beta^t does nothing.
    NAdam's momentum schedule needs the true step; there beta2 has to be 0, and the product of mu is set to 0.
    """
    h = dict(h)
    cls, arguments = TORCH[optimizer]
    corrected = h.pop("bias_correction", 1)
    if "beta1" in h:
        h["betas"] = (h.pop("beta1"), h.pop("beta2"))
    if cls is torch.optim.RMSprop and "rho" in h:
        h["alpha"] = h.pop("rho")
    rule = cls([p], **(arguments | h))
    if not corrected:
        assert optimizer != "nadam" or h["betas"][1] == 0
        zeros = {name: torch.zeros_like(p) for name in ("exp_avg", "exp_avg_sq", "max_exp_avg_sq", "exp_inf")}
        t = 0.0 if optimizer == "nadam" else 1e9
        rule.state[p] |= zeros | {"step": torch.tensor(t), "mu_product": torch.tensor(0.0)}
    return rule.step


def optax_stepper(p, optimizer, h):
    """optax.lion. Its default weight decay is not the paper's, which has none."""
    assert optimizer == "lion"
    rule = optax.lion(h.get("lr", 1e-4), h.get("beta1", 0.9), h.get("beta2", 0.99), weight_decay=h.get("weight_decay", 0.0))
    state = rule.init(jnp.asarray(p.detach().numpy()))

    def step():
        nonlocal state
        w = jnp.array(p.detach().numpy())
        update, state = rule.update(jnp.asarray(p.grad.numpy()), state, w)
        w = optax.apply_updates(w, update)
        assert w.dtype == jnp.float64
        p.data = torch.tensor(w.tolist())

    return step


def chapter_stepper(p, optimizer, h):
    """The chapter's Adam, its formula as printed: no epsilon, no bias correction."""
    assert optimizer == "adam" and h["eps"] == 0 and h["bias_correction"] == 0
    lr, b1, b2, m, v = h["lr"], 0.9, 0.999, torch.zeros(2), torch.zeros(2)

    def step():
        nonlocal m, v
        dx = p.grad
        m = b1 * m + (1 - b1) * dx
        v = b2 * v + (1 - b2) * dx**2
        p.data += -lr * m / sqrt(v)

    return step


def path(case, moved=(0.0, 0.0), shaken=None):
    """[x, y, loss] at steps 0, 1, ... up to the last one, or to the first that is not finite (included).

    moved is added to the start; shaken, a torch.Generator, nudges x and y by their last bit after each step.
    """
    p = torch.tensor([a + b for a, b in zip(case["start"], moved)], requires_grad=True)
    steppers = {"optax": optax_stepper, "chapter": chapter_stepper}
    step = steppers.get(case["oracle"], torch_stepper)(p, case["optimizer"], case["h"])
    rows = []
    while True:
        loss = FORMULAS[case["surface"]](*p, **case["params"])
        rows.append([*p.tolist(), loss.item()])
        if len(rows) > case["steps"] or not all(map(math.isfinite, rows[-1])):
            return rows
        (p.grad,) = torch.autograd.grad(loss, p)
        step()
        if shaken:
            p.data = torch.nextafter(p.data, math.inf * torch.randn(2, generator=shaken))


def spread(case, rows):
    """How far rounding moves this path, once moved and three times shaken: the largest
    |a - b| / (1e-12 max(|a|, |b|) + 1e-13)."""
    others = [path(case, (1e-15, -1e-15))]
    assert others[0][0] != rows[0], "the start is so large that 1e-15 is lost"
    others += [path(case, shaken=torch.Generator().manual_seed(seed)) for seed in range(3)]
    if any(len(other) != len(rows) for other in others):
        return math.inf
    end = len(rows) if math.isfinite(sum(rows[-1])) else len(rows) - 1
    return max(
        abs(a - b) / (1e-12 * max(abs(a), abs(b)) + 1e-13)
        for other in others
        for row, moved in zip(rows[:end], other)
        for a, b in zip(row, moved)
    )


def golden(case):
    """The case with its path, or AssertionError if it is chaotic."""
    rows = path(case)
    wide = spread(case, rows)
    assert wide <= 1, f"rounding moves this path {wide:.2g} times too far: {case}"
    diverged = -1 if all(map(math.isfinite, rows[-1])) else len(rows) - 1
    kept = [t for t in KEPT if t < len(rows)] if diverged < 0 else range(0, diverged, 1 + diverged // 10)
    return case | {"diverged": diverged, "rows": [[t, *rows[t]] for t in kept]}


def main():
    """Write golden.json."""
    made_with = {package.__name__: package.__version__ for package in (torch, jax, optax)}
    found = [golden(case) for case in cases()]
    assert sum(case["diverged"] >= 0 for case in found) == len(DIVERGING)
    lines = ",\n".join(json.dumps(case, allow_nan=False) for case in found)
    FILE.write_text(f'{{"made_with": {json.dumps(made_with)}, "cases": [\n{lines}\n]}}\n')


if __name__ == "__main__":
    main()
