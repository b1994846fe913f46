"""Make curvature.json: Hessians by PyTorch's autograd; tests/test_curvature.py and tests/test_sharpness.py compare ours.

    PYTHONPATH=. python tests/golden/make_curvature.py   # with this project's requirements, torch 2.13, jax and optax

Of this project only the data and the initial weights of networks are taken; the formulas of surfaces are those of make.py.

curvature.json, all in float64, is {made_with: {package: version}, surfaces: [...], networks: [...]}, a line for each:
    surface, params, rows     rows: [x, y, d2z/dx2, d2z/dxdy, d2z/dy2] at random points of a part of the map
    setting, sizes, values    the fields of a TrainSpec but lanes; of the training loss over all samples at the initial weights,
                              the eigenvalues of the Hessian, ascending; product: the Hessian times (1, -1, 1, …)
"""

import json
import math
from pathlib import Path

import numpy as np
import torch.nn.functional as F
from make import FORMULAS, torch  # which it has set to float64

from speedup import SURFACES, Lane, TrainSpec, train

FILE = Path(__file__).with_name("curvature.json")
POINTS = 12
FORMULAS = FORMULAS | {"plateau": lambda x, y: 1 - torch.tanh(4 * x) + 0.1 * torch.log(1 + (x - 3) ** 2 + y**2)}
PARAMS = {"long_valley": [{}, {"condition": 77.7, "angle": 33.3}, {"condition": 1000.0, "angle": -90.0}]}
SETTINGS = (  # both tasks, all activations, none to three layers; ReLU as autograd has it: without curvature
    dict(dataset="parabola", samples=300, hidden=[20], activation="tanh"),
    dict(dataset="sine", samples=70, hidden=[5, 4], activation="sigmoid", init="glorot", seed=3),
    dict(dataset="circle", samples=150, test=0.2, hidden=[6], activation="sigmoid", init="he"),
    dict(dataset="moons", samples=300, test=0.1, hidden=[4, 3, 5], activation="tanh", seed=5),
    dict(dataset="parabola", samples=130, hidden=[7, 3], activation="relu", seed=1),
    dict(dataset="moons", samples=128, hidden=[6], activation="relu", seed=2),
    dict(dataset="sine", samples=50, hidden=[3], activation="linear"),
    dict(dataset="parabola", samples=20, hidden=[], activation="tanh"),
)
ACTIVATIONS = {"relu": torch.relu, "tanh": torch.tanh, "sigmoid": torch.sigmoid, "linear": lambda x: x}
LOSSES = {"regression": F.mse_loss, "classification": F.binary_cross_entropy_with_logits}


def of_surface(name, params, rng):
    """A surface's line."""
    (x0, x1), (y0, y1) = SURFACES[name].domain
    values = SURFACES[name].record(params)[:2] if SURFACES[name].parameters else []
    rows = []
    for x, y in zip(rng.uniform(x0, x1, POINTS), rng.uniform(y0, y1, POINTS)):
        (xx, xy), (_, yy) = torch.func.hessian(lambda at: FORMULAS[name](*at, *values))(torch.tensor([x, y])).tolist()
        rows.append([x, y, xx, xy, yy])
    return {"surface": name, "params": params, "rows": rows}


def of_network(setting):
    """A network's line."""
    spec = TrainSpec(steps=1, lanes=(Lane("sgd"),), **setting)
    run, net = train(spec), spec.net
    inputs, targets = (torch.tensor(one[~run.is_test]) for one in (run.inputs, run.targets))

    def loss(params):
        a, at = inputs, 0
        for layer, (ins, outs) in enumerate(zip(net.sizes, net.sizes[1:])):
            weights, at = params[at : at + ins * outs].reshape(outs, ins), at + ins * outs
            a, at = F.linear(a, weights, params[at : at + outs]), at + outs
            a = ACTIVATIONS[net.activation](a) if layer < len(net.sizes) - 2 else a
        return LOSSES[net.task](a[:, 0], targets)

    hessian = torch.func.hessian(loss)(torch.tensor(run.initial)).numpy()
    signs = np.array([math.copysign(1, 0.5 - i % 2) for i in range(len(hessian))])
    return {"setting": setting, "values": np.linalg.eigvalsh(hessian).tolist(), "product": (hessian @ signs).tolist()}


def main():
    """Writes the file."""
    rng = np.random.default_rng(0)
    surfaces = [of_surface(name, params, rng) for name in SURFACES for params in PARAMS.get(name, [{}])]
    groups = {"surfaces": surfaces, "networks": [of_network(setting) for setting in SETTINGS]}
    parts = [f'"made_with": {json.dumps({"torch": torch.__version__.split("+")[0]})}']
    for name, lines in groups.items():
        rows = ",\n".join(map(json.dumps, lines))
        parts.append(f'"{name}": [\n{rows}\n]')
    FILE.write_text("{" + ",\n".join(parts) + "}\n")


if __name__ == "__main__":
    main()
