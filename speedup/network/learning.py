"""Training: the optimizers of the race go down the loss of a network, batch by batch."""

from math import copysign, floor

from speedup.kernels.native import entry, kernel
from speedup.kernels.dispatch import dispatch
from speedup.network.shape import HEAD, TILE, count, room
from speedup.network.layers import Samples, Scratch, backward, fast, forward, losses, measure
from speedup.optimizers import UPDATES, Decay, start, tick
from speedup.numerics.rng import uniform
from speedup.schema.parameters import Hyper

SHUFFLES = 3  # the stream of random numbers that shuffles draw from
TINY = 1e-300


@kernel
def shuffle(order, n, epoch, seed):
    """order[:n] = the samples of an epoch in random order (Fisher & Yates), order[n] = epoch: whose order it is."""
    for i in range(n):
        order[i] = i
    for i in range(n - 1, 0, -1):
        j = int(floor(uniform(seed, SHUFFLES, epoch * n + i) * (i + 1)))
        order[i], order[j] = order[j], order[i]
    order[n] = epoch


@kernel
def at_least_tiny(x):
    """x, or what is as good as 0 but no denormal number: dead units end in those, and a CPU takes 50 times longer."""
    return x if x == 0 or not abs(x) < TINY else copysign(TINY, x)


def _descent(update):
    """A step of one optimizer on all parameters. Its branch is taken once, not for each of them."""

    @kernel
    def descend(params, state, decay, grad, h, n):
        hyper = Hyper(h[0], h[1], h[2], h[3], h[4], h[5], h[6], h[7])
        now = tick(Decay(decay[0], decay[1], decay[2], decay[3], decay[4], decay[5]), hyper)
        decay[0], decay[1], decay[2], decay[3], decay[4], decay[5] = now
        for i in range(n):
            w, (m, v, u) = update(params[i], grad[i], (state[i], state[n + i], state[2 * n + i]), now, hyper)
            state[i], state[n + i], state[2 * n + i] = at_least_tiny(m), at_least_tiny(v), at_least_tiny(u)
            params[i] = w

    return descend


descend = dispatch([_descent(one) for one in UPDATES])


@fast
def gradient(params, net, samples, order, span, scratch):
    """The mean loss of the `span` (first, size) of samples in `order`, its gradient in grad."""
    act, delta, grad = scratch
    (first, size), ins, at, total = span, int(net[HEAD]), room(net), 0.0
    for i in range(count(net)):
        grad[i] = 0.0
    for begin in range(first, first + size, TILE):
        n = min(TILE, first + size - begin)
        for s in range(n):
            sample = int(order[begin + s])
            for i in range(ins):
                act[i * TILE + s] = samples.inputs[sample * ins + i]
            delta[at + s] = samples.targets[sample]
        out = forward(params, net, act, n)
        total += losses(scratch, out, delta, at, n, int(net[2]))
        for s in range(n):
            delta[s] /= size
        backward(params, net, scratch, n)
    return total / size


@kernel
def reset(state, decay, order, h, n, train):
    """Before the first step: nothing remembered, nothing shuffled."""
    hyper = Hyper(h[0], h[1], h[2], h[3], h[4], h[5], h[6], h[7])
    decay[0], decay[1], decay[2], decay[3], decay[4], decay[5] = start(hyper)
    order[train] = -1
    for i in range(3 * n):
        state[i] = 0.0


@entry(
    "params:f64* state:f64* decay:f64* order:f64* loss:f64* frames:f64* h:f64* net:f64* inputs:f64* targets:f64* "
    "act:f64* delta:f64* grad:f64* train:i32 test:i32 batch:i32 step:i32 steps:i32 every:i32 optimizer:i32 seed:i32"
)
def learn(
    params, state, decay, order, loss, frames, h, net, inputs, targets, act, delta, grad, train, test, batch, step,
    steps, every, optimizer, seed,
):
    """Steps `step` … step + steps - 1 of one lane; a run cut into such pieces is the run in one piece, bit for bit.

    params (n,), state (3 n,): m, v, u of each; decay (6,); order (train + 1,): the epoch's samples; all go from piece to
    piece, what they hold before step 0 doesn't matter but for params. loss (steps,): each batch's mean loss before its
    update. frames (4, …): after every `every`-th step since step 0 the mean loss of all training samples, their
    accuracy, and both of the test samples, which follow them in inputs and targets (NaN without any). h (8,), net:
    records. act, delta, grad: scratch of Net.act, Net.delta, Net.parameters. The last batch of an epoch is short.
    """
    n, samples, scratch = count(net), Samples(inputs, targets), Scratch(act, delta, grad)
    if step == 0:
        reset(state, decay, order, h, n, train)
    batches, at = (train + batch - 1) // batch, 0
    for t in range(step, step + steps):
        epoch = t // batches
        if order[train] != epoch:
            shuffle(order, train, epoch, seed)
        first = (t - epoch * batches) * batch
        loss[t - step] = gradient(params, net, samples, order, (first, min(batch, train - first)), scratch)
        descend(optimizer, params, state, decay, grad, h, n)
        if (t + 1) % every == 0:
            frames[at], frames[at + 1] = measure(params, net, samples, 0, train, scratch)
            frames[at + 2], frames[at + 3] = measure(params, net, samples, train, train + test, scratch)
            at += 4


@entry("order:f64* train:i32 epoch:i32 seed:i32")
def shuffled(order, train, epoch, seed):
    """order (train + 1,): the samples of an epoch as `learn` takes them, then the epoch."""
    shuffle(order, train, epoch, seed)
