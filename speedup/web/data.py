"""A dataset as the browser reads it: safetensors, float64."""

import numpy as np
from safetensors.numpy import save

from speedup import datasets

CURVE = 201  # points of the curve without noise


def tensors(dataset: str, samples: int, noise: float, test: float, seed: int) -> bytes:
    """Packs `inputs` (samples, 1 or 2) and `targets` (samples,), the training's samples first; `train`, their number (1,).

    Of a regression `curve` (CURVE, 2) besides: x and the value without noise.
    """
    inputs, targets, is_test = datasets.make(dataset, samples, noise, test, seed)
    order = np.argsort(is_test, kind="stable")
    found = {"inputs": inputs[order], "targets": targets[order], "train": np.array([float((~is_test).sum())])}
    row = datasets.DATASETS[dataset]
    if row.truth:
        low, high = row.domain[0]
        x = np.linspace(low, high, CURVE)
        found["curve"] = np.stack([x, row.truth(x)], axis=1)
    return save({name: np.ascontiguousarray(array) for name, array in found.items()})
