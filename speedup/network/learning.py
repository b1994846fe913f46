"""Training: the optimizers of the race go down the loss of a network, batch by batch."""

from collections import namedtuple
from math import copysign, floor

from numba import int32

from speedup.decay import Decay, start, tick
from speedup.kernels.dispatch import dispatch
from speedup.kernels.native import entry, kernel
from speedup.network.layers import Samples, Scratch, backward, fast, forward, losses, measure
from speedup.network.shape import HEAD, MEASURED, NET, TILE, count, room
from speedup.numerics.rng import uniform
from speedup.optimizers import UPDATES
from speedup.schema.parameters import read_hyper

SHUFFLES = 3  # the stream of random numbers that shuffles draw from
TINY = 1e-300
LENGTH = len(Decay._fields)  # of its record

Job = namedtuple("Job", "train test batch step steps every optimizer seed")  # a record: how a lane goes on


@kernel
def shuffle(order, n, epoch, seed):
    """Sets order[:n] = the samples of an epoch in random order (Fisher & Yates), order[n] = epoch: whose order it is."""
    for i in range(n):
        order[i] = i
    for i in range(n - 1, 0, -1):
        j = int(floor(uniform(seed, SHUFFLES, epoch * n + i) * (i + 1)))
        order[i], order[j] = order[j], order[i]
    order[n] = epoch


@kernel
def at_least_tiny(x):
    """Returns x, or ±TINY for what is closer to 0 but isn't 0: denormal numbers, in which dead units end, are slow."""
    return x if x == 0 or not abs(x) < TINY else copysign(TINY, x)


@kernel
def read_job(job):
    """Reads a Job from its record."""
    return Job(
        int32(job[0]), int32(job[1]), int32(job[2]), int32(job[3]), int32(job[4]), int32(job[5]), int32(job[6]), int32(job[7])
    )


@kernel
def read_decay(records, at=0):
    """Reads the decay that `keep_decay` has written, the at-th of several."""
    i = LENGTH * at
    return Decay(records[i], records[i + 1], records[i + 2], records[i + 3], records[i + 4], records[i + 5])


@kernel
def keep_decay(records, decay, at=0):
    """Writes a decay into a record, the at-th of several."""
    i = LENGTH * at
    records[i], records[i + 1], records[i + 2], records[i + 3], records[i + 4], records[i + 5] = decay


def _step_of(update):
    """The step of one optimizer on all parameters. Its branch is taken once, not for each of them."""

    @kernel
    def update_all(params, state, decay, grad, h, n):
        hyper = read_hyper(h)
        now = tick(read_decay(decay), hyper)
        keep_decay(decay, now)
        for i in range(n):
            w, (m, v, u) = update(params[i], grad[i], (state[i], state[n + i], state[2 * n + i]), now, hyper)
            state[i], state[n + i], state[2 * n + i] = at_least_tiny(m), at_least_tiny(v), at_least_tiny(u)
            params[i] = w

    return update_all


update_all = dispatch([_step_of(one) for one in UPDATES])  # (optimizer, params, state, decay, grad, h, n)


@fast
def gradient(params, net, samples, order, span, scratch):
    """Returns the mean loss of the `span` (first, size) of samples in `order`, its gradient in grad."""
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
        total += losses(scratch, out, delta, at, n, int(net[NET.task]))
        for s in range(n):
            delta[s] /= size
        backward(params, net, scratch, n)
    return total / size


@kernel
def reset(state, decay, order, h, n, train):
    """Sets a lane to before its first step: nothing remembered, nothing shuffled."""
    keep_decay(decay, start(read_hyper(h)))
    order[train] = -1
    for i in range(3 * n):
        state[i] = 0.0


@entry(
    "params:f64* state:f64* decay:f64* order:f64* "  # the lane
    "loss:f64* measurements:f64* "  # what it finds
    "h:f64* net:f64* inputs:f64* targets:f64* job:f64* "  # what it is told
    "act:f64* delta:f64* grad:f64*"  # scratch
)
def learn(params, state, decay, order, loss, measurements, h, net, inputs, targets, job, act, delta, grad):
    """Runs steps `step` … step + steps - 1 of one lane; a run cut into such pieces is the run in one piece, bit for bit.

    The lane: params (n,); state (3 n,): m, v, u of each; decay, a record of Decay; order (train + 1,): the epoch's samples.
    All go from piece to piece; what they hold before step 0 doesn't matter but for params.
    What it finds: loss (steps,): each batch's mean loss before its update; measurements: after every `every`-th step since
    step 0, in the order of MEASURED, the mean loss of all training samples and their accuracy, and both of the test
    samples, which follow them in inputs and targets (NaN without any).
    What it is told: h, a record of Hyper; net, of a Net; inputs (samples, 1 or 2) and targets (samples,); job, of a Job,
    whole numbers below 2^31: `train` and `test` samples, `optimizer` by its index. The last batch of an epoch is short.
    Scratch: act, delta, grad, as long as Net.act, Net.delta, Net.parameters.
    """
    train, test, batch, step, steps, every, optimizer, seed = read_job(job)
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
        update_all(optimizer, params, state, decay, grad, h, n)
        if (t + 1) % every == 0:
            found = measure(params, net, samples, 0, train, scratch)
            measurements[at + MEASURED.train_loss], measurements[at + MEASURED.train_accuracy] = found
            found = measure(params, net, samples, train, train + test, scratch)
            measurements[at + MEASURED.test_loss], measurements[at + MEASURED.test_accuracy] = found
            at += len(MEASURED)


@entry("order:f64* train:i32 epoch:i32 seed:i32")
def shuffled(order, train, epoch, seed):
    """Sets order (train + 1,) to the samples of an epoch as `learn` takes them, then the epoch."""
    shuffle(order, train, epoch, seed)
