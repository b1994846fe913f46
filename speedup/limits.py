"""The speed limits: how large lr may be where the loss is curved, for each kind of optimizer.

Near a minimum the gradient is H w, and with what it divides by held still, P, an optimizer is a linear recursion. It shrinks
every w as long as lr λ stays below a limit, λ being the largest eigenvalue of P⁻¹H; above, w swings from side to side and grows:
w -> -r w with r = 1 is the limit (Cohen et al. 2021, "Gradient descent on neural networks typically occurs at the edge of
stability", appendix B; 2022, "Adaptive gradient methods at the edge of stability").

Each kind is two kernels: scale(state, decay, h), P of a coordinate whose state that is, decay being that of its step; and
limit(h). What changes lr from step to step, as correcting for bias, counts into P. NaN and infinities go the ways of arithmetic.
"""

from math import nan, sqrt

from speedup.decay import unbias
from speedup.kernels.native import kernel


@kernel
def unscaled(state, decay, h):
    """Returns 1: the gradient is taken as it is."""
    return 1.0


@kernel
def root(state, decay, h):
    """Computes sqrt(v) + eps."""
    return sqrt(state[1]) + h.eps


@kernel
def roots(state, decay, h):
    """Computes sqrt(v + eps) / sqrt(u + eps)."""
    return sqrt(state[1] + h.eps) / sqrt(state[2] + h.eps)


@kernel
def corrected(v, decay, h):
    """Computes (1 - beta1^t) (sqrt(v^) + eps): where m is divided by its share of an average, P is multiplied by it."""
    return (sqrt(unbias(v, decay.beta2, h)) + h.eps) / unbias(1.0, decay.beta1, h)


@kernel
def of_v(state, decay, h):
    """Computes `corrected` of v."""
    return corrected(state[1], decay, h)


@kernel
def of_largest_v(state, decay, h):
    """Computes `corrected` of u, the largest v."""
    return corrected(state[2], decay, h)


@kernel
def of_largest(state, decay, h):
    """Computes (1 - beta1^t) u."""
    return state[2] / unbias(1.0, decay.beta1, h)


@kernel
def ahead(state, decay, h):
    """Computes sqrt(v^) + eps, over what NAdam makes of a gradient that changes its sign at each step.

    Then m = (1-beta1) g / (1+beta1); with the step's own mu the limit is 2.
    """
    seen = (1 - h.beta1) / (1 + h.beta1)
    m_hat = unbias(decay.next_mu * seen, decay.product * decay.next_mu, h) + unbias(1 - decay.mu, decay.product, h)
    return (sqrt(unbias(state[1], decay.beta2, h)) + h.eps) / m_hat


@kernel
def no_limit(h):
    """Returns NaN: the length of a step doesn't follow the gradient's."""
    return nan


@kernel
def two(h):
    """Returns 2: w - lr λ w = -w."""
    return 2.0


@kernel
def heavy(h):
    """Computes 2 (1 + β), lr outside of m."""
    return 2 * (1 + h.momentum)


@kernel
def heavy_ahead(h):
    """Computes 2 (1 + β) / (1 + 2 β)."""
    return 2 * (1 + h.momentum) / (1 + 2 * h.momentum)


@kernel
def averaged(h):
    """Computes 2 (1 + β₁) / (1 - β₁): m is an average of gradients."""
    return 2 * (1 + h.beta1) / (1 - h.beta1)


@kernel
def averaged_decayed(h):
    """Computes (2 - lr weight_decay) (1 + β₁) / (1 - β₁), not less than 0: the decay takes its part of the swing."""
    return max(0.0, 2 - h.lr * h.weight_decay) * (1 + h.beta1) / (1 - h.beta1)


NONE = unscaled, no_limit
SGD, MOMENTUM, NESTEROV = (unscaled, two), (unscaled, heavy), (unscaled, heavy_ahead)
ROOT, ADADELTA = (root, two), (roots, two)
ADAM, AMSGRAD, ADAMAX, ADAMW = (of_v, averaged), (of_largest_v, averaged), (of_largest, averaged), (of_v, averaged_decayed)
NADAM = ahead, two
