"""Make network.json: networks trained by other people's optimizers; tests/test_training_golden.py compares ours.

    PYTHONPATH=. python tests/golden/make_network.py   # with this project's requirements, torch 2.13, jax and optax

Of this project only the data, the initial weights and the order of the batches are taken: PyTorch computes the net,
its loss and its gradient in float64, make.py's steppers (torch.optim's own classes, Lion is optax's) the updates.

network.json is {made_with: {package: version}, settings: {name: the fields of a TrainSpec but lanes}, cases: [...]},
a line for each case:
    setting, optimizer, h    h as in golden.json: the hyperparameters given
    oracle                   "torch", "optax" or "torch, uncorrected", as in golden.json
    params                   after the last step, in the order of Training.params
    loss                     [step, the batch's loss before it] at a few steps

Rounding may not decide where the weights go: each case is run again from a start moved by 1e-15, and with the weights
nudged by their last bit after every step. They have to stay within 1e-12 of the largest, else the script stops.
"""

import json
import math
from pathlib import Path

import numpy as np
import torch.nn.functional as F
from cases import RATES, STEPS, UNCORRECTED, VARIANTS
from make import jax, optax, optax_stepper, torch, torch_stepper  # which it has set to float64

from speedup import Lane, TrainSpec, train

FILE = Path(__file__).with_name("network.json")
KEPT = (0, 1, 2, 5, 20, 100, STEPS - 1)  # the steps whose loss is stored
SETTINGS = {  # both tasks, both smooth activations, one and two layers, whole and short and long batches
    "parabola": dict(dataset="parabola", samples=48, hidden=[6], activation="tanh", batch=16),
    "sine": dict(dataset="sine", samples=70, hidden=[5, 4], activation="sigmoid", batch=16, init="glorot", seed=3),
    "circle": dict(dataset="circle", samples=50, test=0.2, hidden=[6], activation="sigmoid", batch=12, init="he"),
    "moons": dict(dataset="moons", samples=300, test=0.1, hidden=[4, 3], activation="tanh", batch=140, seed=5),
}
VARIED = ("sine", "circle")
GRADIENT, LENGTH = 0.05, 0.01  # lr where a step is lr times the gradient, and where it is about lr long
LOSSES = {"regression": F.mse_loss, "classification": F.binary_cross_entropy_with_logits}


def rate(optimizer):
    """The learning rate of an optimizer, as in cases.py."""
    kind, scale = RATES[optimizer]
    return scale * {"gradient": GRADIENT, "length": LENGTH}[kind]


def cases():
    """Every optimizer in every setting, with all defaults in one of them, and with some hyperparameters turned."""
    for optimizer in RATES:
        oracle, lr = "optax" if optimizer == "lion" else "torch", rate(optimizer)
        base = {"setting": "moons", "optimizer": optimizer, "h": {}, "oracle": oracle}
        yield base
        yield from (base | {"setting": setting, "h": {"lr": lr}} for setting in SETTINGS)
        for setting in VARIED:
            yield from (base | {"setting": setting, "h": {"lr": lr} | h} for h in VARIANTS[optimizer])
            if optimizer in UNCORRECTED:
                h = {"lr": lr} | UNCORRECTED[optimizer] | {"bias_correction": 0}
                yield base | {"setting": setting, "h": h, "oracle": "torch, uncorrected"}


def network(p, x, net):
    """What a Net with the parameters p answers to x (n, inputs): values or logits (n,)."""
    at, last = 0, len(net.sizes) - 2
    for layer, (ins, outs) in enumerate(zip(net.sizes, net.sizes[1:])):
        weights, at = p[at : at + ins * outs].view(outs, ins), at + ins * outs
        x, at = F.linear(x, weights, p[at : at + outs]), at + outs
        x = x if layer == last else getattr(torch, net.activation)(x)
    return x[:, 0]


def trained(case, run, moved=0.0, shaken=None):
    """(params, losses) after STEPS steps on the batches of the Training `run`.

    moved is added to and taken from the start; shaken, a torch.Generator, nudges by the last bit after each step.
    """
    net, start = run.spec.net, run.initial + moved * (-1.0) ** np.arange(len(run.initial))
    inputs, targets = torch.from_numpy(run.inputs), torch.from_numpy(run.targets)
    p, losses = torch.tensor(start, requires_grad=True), []
    step = (optax_stepper if case["oracle"] == "optax" else torch_stepper)(p, case["optimizer"], case["h"])
    for batch in run.order:
        batch = torch.from_numpy(batch[batch >= 0])
        loss = LOSSES[net.task](network(p, inputs[batch], net), targets[batch])
        (p.grad,) = torch.autograd.grad(loss, p)
        losses.append(loss.item())
        step()
        if shaken:
            p.data = torch.nextafter(p.data, math.inf * torch.randn(len(p), generator=shaken))
    return p.detach().numpy().copy(), losses


def spread(case, run, params):
    """How far rounding moves the weights, once moved and twice shaken, relative to the largest of them."""
    others = [trained(case, run, moved=1e-15)]
    others += [trained(case, run, shaken=torch.Generator().manual_seed(seed)) for seed in range(2)]
    assert not np.array_equal(others[0][0], params)
    return max(abs(other - params).max() for other, _ in others) / abs(params).max()


def golden(case):
    """The case with its weights and losses, or AssertionError if it is chaotic."""
    run = train(TrainSpec(**SETTINGS[case["setting"]], steps=STEPS, lanes=(Lane(case["optimizer"], case["h"]),)))
    params, losses = trained(case, run)
    wide = spread(case, run, params)
    assert wide <= 1e-12, f"rounding moves the weights by {wide:.2g}: {case}"
    return case | {"params": params.tolist(), "loss": [[step, losses[step]] for step in KEPT]}


def main():
    """Write network.json."""
    made_with = {package.__name__: package.__version__ for package in (torch, jax, optax)}
    settings = json.dumps({name: row | {"steps": STEPS} for name, row in SETTINGS.items()})
    lines = ",\n".join(json.dumps(golden(case), allow_nan=False) for case in cases())
    FILE.write_text(f'{{"made_with": {json.dumps(made_with)},\n"settings": {settings},\n"cases": [\n{lines}\n]}}\n')


if __name__ == "__main__":
    main()
