"""The lines of the updates of one coordinate, x of a race or a weight of a network, with the value of each."""

from speedup.decay import start, tick
from speedup.kernels.apart import take_apart
from speedup.kernels.dispatch import dispatch
from speedup.kernels.native import entry
from speedup.network.learning import keep_decay, read_decay
from speedup.optimizers import UPDATES
from speedup.schema.parameters import read_hyper

noting = dispatch([take_apart(one).noting for one in UPDATES])  # as `update`, with the page on which lines are noted


@entry(
    "values:f64* states:f64* decays:f64* weights:f64* gradients:f64* h:f64* lines:i32 step:i32 steps:i32 optimizer:i32",
    early=False,
)
def lines_along(values, states, decays, weights, gradients, h, lines, step, steps, optimizer):
    """Computes what each line of `take_apart` comes to in the updates `step` … step + steps - 1: values (steps, lines).

    weights and gradients (steps,): at the beginning of each, the gradient without weight decay. What a line doesn't come to
    is left as it is. states (steps + 1, 3), m, v, u, and decays (steps + 1, a record of Decay): before each update and after
    the last; the first of them is given, but for step 0, which nothing is before. h: a record of Hyper.
    """
    hyper = read_hyper(h)
    state, decay = (states[0], states[1], states[2]), read_decay(decays)
    if step == 0:
        state, decay = (0.0, 0.0, 0.0), start(hyper)
    for t in range(steps + 1):
        states[3 * t], states[3 * t + 1], states[3 * t + 2] = state
        keep_decay(decays, decay, t)
        if t == steps:
            break
        decay = tick(decay, hyper)
        _, state = noting(optimizer, (values, lines * t, 1), weights[t], gradients[t], state, decay, hyper)
