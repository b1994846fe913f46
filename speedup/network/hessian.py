"""Products of a network's Hessian with a vector, exact, without the Hessian: the derivative of the gradient along the vector.

Forward over reverse (Pearlmutter 1994, "Fast exact multiplication by the Hessian"): beside each number of `layers` goes its
derivative along the vector, `tangent` beside act, `turn` beside delta. ReLU has no second derivative: as its first one says, it
is taken as straight on both sides of 0, and its kink does not count.
"""

from collections import namedtuple

from speedup.kernels.dispatch import dispatch
from speedup.kernels.native import entry, kernel
from speedup.network.layers import Scratch, fast, forward, load, losses, of_units, of_weights, slope
from speedup.network.learning import read_decay
from speedup.network.shape import HEAD, NET, TILE, count, room
from speedup.optimizers import OPTIMIZERS
from speedup.schema.parameters import read_hyper

Both = namedtuple("Both", "params direction")
Pair = namedtuple("Pair", "act tangent delta turn out")


@fast
def forward_tangent(both, net, pair, n):
    """Fills in tangent (units, TILE) but for its first rows, the inputs', which don't change: act is what `forward` has left."""
    (params, direction), act, tangent = both, pair.act, pair.tangent
    layers, w, a = int(net[NET.layers]), 0, 0
    for layer in range(layers):
        ins, outs = int(net[HEAD + layer]), int(net[HEAD + layer + 1])
        z, b = a + ins * TILE, w + ins * outs
        for j in range(outs):
            to, bias, change = z + j * TILE, direction[b + j], direction[w + j * ins]
            for s in range(n):
                tangent[to + s] = bias + change * act[a + s]
            for i in range(1, ins):
                change, source = direction[w + j * ins + i], a + i * TILE
                for s in range(n):
                    tangent[to + s] += change * act[source + s]
            if layer > 0:  # inputs don't change
                for i in range(ins):
                    weight, source = params[w + j * ins + i], a + i * TILE
                    for s in range(n):
                        tangent[to + s] += weight * tangent[source + s]
            if layer + 1 < layers:
                slope(tangent, to, act, to, n, int(net[NET.activation]))
        a, w = z, b + outs


@fast
def bend(pair, at, a, n, activation):
    """Adds to turn[at : at + n] what delta is times the change of the activation's slope, which act and tangent at a tell."""
    act, tangent, delta, turn, _ = pair
    if activation == 1:
        for s in range(n):
            turn[at + s] -= 2 * delta[at + s] * act[a + s] * tangent[a + s]
    elif activation == 2:
        for s in range(n):
            turn[at + s] += delta[at + s] * (1 - 2 * act[a + s]) * tangent[a + s]


@fast
def through_weights(both, pair, w, places, sizes):
    """Adds to out what a layer's own weights' gradients change by, and, but for the first layer, passes delta and turn on."""
    (act, tangent, delta, turn, out), (a, here, there, first), (ins, outs, n) = pair, places, sizes
    of_weights(Scratch(act, turn, out), w, a, here, sizes)
    if first:
        return
    for j in range(outs):
        d = here + j * TILE
        for i in range(ins):
            source, total = a + i * TILE, 0.0
            for s in range(n):
                total += delta[d + s] * tangent[source + s]
            out[w + j * ins + i] += total
    of_units(both.params, delta, w, (here, there), sizes)
    for i in range(ins):
        to = there + i * TILE
        for j in range(outs):
            weight, change, d = both.params[w + j * ins + i], both.direction[w + j * ins + i], here + j * TILE
            if j == 0:
                for s in range(n):
                    turn[to + s] = weight * turn[d + s] + change * delta[d + s]
            else:
                for s in range(n):
                    turn[to + s] += weight * turn[d + s] + change * delta[d + s]


@fast
def backward_tangent(both, net, pair, n):
    """Adds to out the derivative of the gradient over n samples; the first rows of delta and turn are the loss' by the output."""
    layers, w, a, activation = int(net[NET.layers]), count(net), 0, int(net[NET.activation])
    for layer in range(layers):
        a += int(net[HEAD + layer]) * TILE
    here, there = 0, room(net) // 2
    for layer in range(layers - 1, -1, -1):
        ins, outs = int(net[HEAD + layer]), int(net[HEAD + layer + 1])
        w, a = w - (ins + 1) * outs, a - ins * TILE
        through_weights(both, pair, w, (a, here, there, layer == 0), (ins, outs, n))
        if layer > 0:
            for i in range(ins):
                at, unit = there + i * TILE, a + i * TILE
                slope(pair.turn, at, pair.act, unit, n, activation)
                bend(pair, at, unit, n, activation)
                if layer > 1:  # the first layer's weights have no use for it
                    slope(pair.delta, at, pair.act, unit, n, activation)
        here, there = there, here


@entry(
    "out:f64* params:f64* direction:f64* net:f64* inputs:f64* targets:f64* samples:i32 "
    "act:f64* tangent:f64* delta:f64* turn:f64*",
    early=False,
)
def hessian_product(out, params, direction, net, inputs, targets, samples, act, tangent, delta, turn):
    """Computes out (n,), the Hessian of the mean loss of the first `samples` samples at params, times direction (n,).

    net, inputs, targets as in `learning.learn`. Scratch: act, tangent of Net.act; delta, turn of Net.delta. NaN among params or
    direction gives NaN.
    """
    both, pair, ins, task = Both(params, direction), Pair(act, tangent, delta, turn, out), int(net[HEAD]), int(net[NET.task])
    for i in range(count(net)):
        out[i] = 0.0
    for first in range(0, samples, TILE):
        n = min(TILE, samples - first)
        load(act, inputs, first, n, ins)
        o = forward(params, net, act, n)
        forward_tangent(both, net, pair, n)
        losses(Scratch(act, delta, delta), o, targets, first, n, task)
        for s in range(n):
            p = delta[s] + targets[first + s]  # of classification: the probability of class 1
            turn[s] = (2.0 if task == 0 else p * (1 - p)) * tangent[o + s] / samples
            delta[s] /= samples
        backward_tangent(both, net, pair, n)


def _scaler(row):
    """What one optimizer divides each parameter by. Its branch is taken once, not for each of them."""
    scale = row.scale

    @kernel
    def scales(out, state, decay, h, n):
        hyper, now = read_hyper(h), read_decay(decay)
        for i in range(n):
            out[i] = scale((state[i], state[n + i], state[2 * n + i]), now, hyper)

    return scales


scales = dispatch([_scaler(row) for row in OPTIMIZERS.values()])


@entry("out:f64* state:f64* decay:f64* h:f64* n:i32 optimizer:i32", early=False)
def preconditioner(out, state, decay, h, n, optimizer):
    """Computes out (n,), what an optimizer divides each parameter by, see `speedup.limits`; state, decay and h as in `learn`."""
    scales(optimizer, out, state, decay, h, n)
