"""What a network computes and the gradient of its loss, a tile of samples at a time.

`act` holds inputs, hidden units and outputs one below the other, (units, TILE), so that the inner loops run over samples,
which LLVM vectorises. `net` is `Net.record()`. All is float64; NaN among the weights gives NaN.

The kernels here are compiled so that sums may be reordered (four at a time): they differ between machines in the last
digits, unlike those of the race. Activations and updates are not, they are the race's.
"""

from collections import namedtuple
from math import isfinite, nan

import numba

from speedup.kernels.native import OPTIONS, entry, kernel
from speedup.network.shape import HEAD, NET, TILE, count, room
from speedup.numerics.elementary import exp, log, tanh

fast = numba.njit(**OPTIONS | {"fastmath": {"contract", "reassoc"}})

Samples = namedtuple("Samples", "inputs targets")  # (n, inputs) and (n,)
Scratch = namedtuple("Scratch", "act delta grad")  # of Net.act, Net.delta, Net.parameters


@kernel
def sigmoid(x):
    """Returns 1 / (1 + e^-x)."""
    return 1 / (1 + exp(-x))


@kernel
def softplus(x):
    """Returns log(1 + e^x), which does not overflow."""
    return 0.5 * (x + abs(x)) + log(1 + exp(-abs(x)))


@fast
def activate(act, at, n, activation):
    """Applies the activation to act[at : at + n]."""
    if activation == 0:
        for s in range(at, at + n):
            act[s] = 0.5 * (act[s] + abs(act[s]))
    elif activation == 1:
        for s in range(at, at + n):
            act[s] = tanh(act[s])
    elif activation == 2:
        for s in range(at, at + n):
            act[s] = sigmoid(act[s])


@fast
def slope(delta, at, act, a, n, activation):
    """Multiplies delta[at : at + n] by the activation's derivative, which its value act[a : a + n] tells."""
    if activation == 0:
        for s in range(n):
            delta[at + s] *= 1.0 if act[a + s] > 0 else 0.0
    elif activation == 1:
        for s in range(n):
            delta[at + s] *= 1 - act[a + s] * act[a + s]
    elif activation == 2:
        for s in range(n):
            delta[at + s] *= act[a + s] * (1 - act[a + s])


@fast
def forward(params, net, act, n):
    """Fills in act (units, TILE) from its first rows, the inputs of n samples. Returns where its outputs begin."""
    layers, w, a = int(net[NET.layers]), 0, 0
    for layer in range(layers):
        ins, outs = int(net[HEAD + layer]), int(net[HEAD + layer + 1])
        z, b = a + ins * TILE, w + ins * outs
        for j in range(outs):
            to, weight, bias = z + j * TILE, params[w + j * ins], params[b + j]
            for s in range(n):
                act[to + s] = bias + weight * act[a + s]
            for i in range(1, ins):
                weight, source = params[w + j * ins + i], a + i * TILE
                for s in range(n):
                    act[to + s] += weight * act[source + s]
            if layer + 1 < layers:
                activate(act, to, n, int(net[NET.activation]))
        a, w = z, b + outs
    return a


@fast
def backward(params, net, scratch, n):
    """Adds to grad the gradient over n samples. delta (2 max units, TILE): its first row is the loss' by the output."""
    layers, w, a = int(net[NET.layers]), count(net), 0
    for layer in range(layers):
        a += int(net[HEAD + layer]) * TILE
    here, there = 0, room(net) // 2
    for layer in range(layers - 1, -1, -1):
        ins, outs = int(net[HEAD + layer]), int(net[HEAD + layer + 1])
        w, a = w - (ins + 1) * outs, a - ins * TILE
        of_weights(scratch, w, a, here, (ins, outs, n))
        if layer > 0:
            of_units(params, scratch.delta, w, (here, there), (ins, outs, n))
            for i in range(ins):
                slope(scratch.delta, there + i * TILE, scratch.act, a + i * TILE, n, int(net[NET.activation]))
        here, there = there, here


@fast
def of_weights(scratch, w, a, here, sizes):
    """Adds to grad, from w on, the gradient of a layer: its inputs begin at act[a], its outputs' deltas at delta[here]."""
    (act, delta, grad), (ins, outs, n) = scratch, sizes
    for j in range(outs):
        d, total = here + j * TILE, 0.0
        for s in range(n):
            total += delta[d + s]
        grad[w + ins * outs + j] += total
        for i in range(ins):
            source, total = a + i * TILE, 0.0
            for s in range(n):
                total += delta[d + s] * act[source + s]
            grad[w + j * ins + i] += total


@fast
def of_units(params, delta, w, places, sizes):
    """Computes the deltas of a layer's inputs, at delta[there], from those of its outputs, at delta[here]; its slope left out."""
    (here, there), (ins, outs, n) = places, sizes
    for i in range(ins):
        to, weight = there + i * TILE, params[w + i]
        for s in range(n):
            delta[to + s] = weight * delta[here + s]
        for j in range(1, outs):
            weight, d = params[w + j * ins + i], here + j * TILE
            for s in range(n):
                delta[to + s] += weight * delta[d + s]


@fast
def losses(scratch, out, targets, at, n, task):
    """Returns the summed loss of n samples whose outputs begin at act[out] and whose targets at targets[at]; fills in delta.

    delta[s] is the derivative by the output, not yet divided by the size of the batch.
    """
    act, delta, total = scratch.act, scratch.delta, 0.0
    if task == 0:
        for s in range(n):
            error = act[out + s] - targets[at + s]
            total += error * error
            delta[s] = 2 * error
    else:
        for s in range(n):
            total += softplus(act[out + s]) - targets[at + s] * act[out + s]
            delta[s] = sigmoid(act[out + s]) - targets[at + s]
    return total


@fast
def load(act, inputs, first, n, ins):
    """Copies samples first … first + n of inputs (samples, ins) into the first rows of act."""
    for i in range(ins):
        for s in range(n):
            act[i * TILE + s] = inputs[(first + s) * ins + i]


@fast
def measure(params, net, samples, begin, end, scratch):
    """Returns (loss, accuracy): the mean loss of samples begin … end - 1, the share classified rightly; NaN if it diverged."""
    total, right = 0.0, 0.0
    for first in range(begin, end, TILE):
        size = min(TILE, end - first)
        load(scratch.act, samples.inputs, first, size, int(net[HEAD]))
        o = forward(params, net, scratch.act, size)
        total += losses(scratch, o, samples.targets, first, size, int(net[NET.task]))
        for s in range(size):
            right += 1.0 if (scratch.act[o + s] > 0) == (samples.targets[first + s] > 0.5) else 0.0
    return total / (end - begin), right / (end - begin) if isfinite(total) else nan


@entry("out:f64* params:f64* net:f64* inputs:f64* targets:f64* begin:i32 end:i32 act:f64* delta:f64*")
def evaluate(out, params, net, inputs, targets, begin, end, act, delta):
    """Computes out (2,): the mean loss of samples begin … end - 1, and their accuracy (of classification); NaN of none."""
    out[0], out[1] = measure(params, net, Samples(inputs, targets), begin, end, Scratch(act, delta, delta))


@entry("out:f64* params:f64* net:f64* inputs:f64* n:i32 act:f64*")
def predict(out, params, net, inputs, n, act):
    """Computes out[i] = what the net says of the i-th of n inputs: a value, or the probability of class 1."""
    for first in range(0, n, TILE):
        size = min(TILE, n - first)
        load(act, inputs, first, size, int(net[HEAD]))
        o = forward(params, net, act, size)
        for s in range(size):
            out[first + s] = act[o + s] if net[NET.task] == 0 else sigmoid(act[o + s])


@entry("out:f64* params:f64* net:f64* inputs:f64* n:i32 act:f64*")
def units(out, params, net, inputs, n, act):
    """Computes out (units, n): what every unit computes of n inputs; inputs first, outputs (values or logits) last."""
    rows = 0
    for layer in range(int(net[NET.layers]) + 1):
        rows += int(net[HEAD + layer])
    for first in range(0, n, TILE):
        size = min(TILE, n - first)
        load(act, inputs, first, size, int(net[HEAD]))
        forward(params, net, act, size)
        for unit in range(rows):
            for s in range(size):
                out[unit * n + first + s] = act[unit * TILE + s]
