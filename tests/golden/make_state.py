"""Make state.json: what torch.optim's optimizers remember after some steps; tests/test_state.py compares ours with it.

    python tests/golden/make_state.py          # in an environment with torch 2.13

Nothing of this project is imported. state.json is {made_with, surface, start, cases: [{optimizer, h, steps: [step, …], state:
{torch's name: [[x, y] at each of these steps]}}]}. NAdam's mu_product is one number at each step.
"""

import json
from pathlib import Path

import torch

torch.set_default_dtype(torch.float64)  # else NAdam keeps its running product of mu in float32
FILE = Path(__file__).with_name("state.json")
START, STEPS = (1.0, 1.5), (1, 2, 3, 10, 40)
DECAYED = {"weight_decay": 0.1}
BETAS = {"betas": (0.8, 0.98)}
CASES = (  # our name, torch's class and its arguments, the same by our names
    ("momentum", torch.optim.SGD, {"momentum": 0.8}, {"momentum": 0.8}, 2e-3),
    ("nesterov", torch.optim.SGD, {"momentum": 0.8, "nesterov": True}, {"momentum": 0.8}, 2e-3),
    ("adagrad", torch.optim.Adagrad, {}, {}, 0.1),
    ("adadelta", torch.optim.Adadelta, {"rho": 0.85}, {"rho": 0.85}, 0.5),
    ("rmsprop", torch.optim.RMSprop, {"alpha": 0.97}, {"rho": 0.97}, 0.01),
    ("adam", torch.optim.Adam, BETAS, {"beta1": 0.8, "beta2": 0.98}, 0.02),
    ("amsgrad", torch.optim.Adam, BETAS | {"amsgrad": True}, {"beta1": 0.8, "beta2": 0.98}, 0.02),
    ("adamax", torch.optim.Adamax, BETAS, {"beta1": 0.8, "beta2": 0.98}, 0.02),
    ("nadam", torch.optim.NAdam, BETAS, {"beta1": 0.8, "beta2": 0.98}, 0.02),
    ("adamw", torch.optim.AdamW, BETAS, {"beta1": 0.8, "beta2": 0.98}, 0.02),
)


def beale(x, y):
    """Beale 1958."""
    return (1.5 - x + x * y) ** 2 + (2.25 - x + x * y**2) ** 2 + (2.625 - x + x * y**3) ** 2


def remembered(cls, arguments):
    """{name: [value at each of STEPS]} of what an optimizer keeps, but for the number of steps."""
    p = torch.tensor(START, requires_grad=True)
    rule, found = cls([p], **arguments), {}
    for step in range(1, STEPS[-1] + 1):
        (p.grad,) = torch.autograd.grad(beale(*p), p)
        rule.step()
        if step in STEPS:
            for name, value in rule.state[p].items():
                if name != "step" and value is not None:
                    found.setdefault(name, []).append(value.tolist())
    return found


def main():
    """Write state.json: every optimizer, with weight decay and without."""
    cases = [
        {"optimizer": name, "h": ours | more | {"lr": lr}, "steps": STEPS, "state": remembered(cls, theirs | more | {"lr": lr})}
        for name, cls, theirs, ours, lr in CASES
        for more in ({"weight_decay": 0.0}, DECAYED)
    ]
    lines = ",\n".join(json.dumps(case, allow_nan=False) for case in cases)
    head = f'"made_with": {json.dumps({"torch": torch.__version__})}, "surface": "beale", "start": {json.dumps(START)}'
    FILE.write_text(f'{{{head}, "cases": [\n{lines}\n]}}\n')


if __name__ == "__main__":
    main()
