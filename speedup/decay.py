"""The decay: running products that belong to a step and not to a coordinate, and what averages are divided by."""

from collections import namedtuple

from speedup.kernels.native import kernel

Decay = namedtuple("Decay", "beta1 beta2 psi mu next_mu product")  # also a record, kept from piece to piece of a training
PSI = 0.96**0.004  # NAdam's schedule, 0.96 ** (0.004 t), advances by this factor a step


@kernel
def start(h):
    """Returns the decay before the first step: every product is empty."""
    return Decay(1.0, 1.0, PSI, 0.0, h.beta1 * (1 - 0.5 * PSI), 1.0)


@kernel
def shrink(product, factor):
    """Returns product * factor, flushed to 0 below 1e-300: 1 - product is 1 either way, and denormal numbers are slow."""
    product *= factor
    return product if product > 1e-300 else 0.0


@kernel
def tick(decay, h):
    """Returns the decay of the next step t: beta1**t, beta2**t, and NAdam's momentum mu_t, mu_(t+1) and their product.

    Running products, since a power in every update would make Adam five times slower.
    """
    psi = decay.psi * PSI
    mu = decay.next_mu
    product = shrink(decay.product, mu)
    beta1, beta2 = shrink(decay.beta1, h.beta1), shrink(decay.beta2, h.beta2)
    return Decay(beta1, beta2, psi, mu, h.beta1 * (1 - 0.5 * psi), product)


@kernel
def unbias(average, power, h):
    """Returns average / (1 - power), corrected for a beginning at zero; average itself if bias_correction is 0."""
    return average / (1 - h.bias_correction * power)
