"""Random numbers that need no state: each is a pure function of (seed, stream, index), int32s with index >=
0.

The generator is SplitMix64 (Steele, Lea & Flood 2014, "Fast splittable pseudorandom number generators"): it
counts in steps of the golden gamma and scrambles the count. Seed and stream together choose where counting
begins, so any number can be drawn without those before it, alike on both targets. Every argument becomes a
uint64 at once: Numba makes a float64 of an int64 and a uint64.
"""

from math import sqrt

from numba import float64, int64, uint32, uint64

from speedup.kernels.native import kernel
from speedup.numerics.elementary import log, sincos

GOLDEN_GAMMA = uint64(0x9E3779B97F4A7C15)  # 2^64 / golden ratio, odd
TWO_PI = 6.283185307179586


@kernel
def bits(seed, stream, index):
    """Returns 64 random bits. With seed and stream 0 the sequence over index is SplitMix64's own for the seed 0."""
    start = mix(uint64(uint32(seed)) << uint64(32) | uint64(uint32(stream)))
    return mix(start + GOLDEN_GAMMA * (uint64(index) + uint64(1)))


@kernel
def uniform(seed, stream, index):
    """Returns a float64 in [0, 1): a multiple of 2^-53."""
    return float64(int64(bits(seed, stream, index) >> uint64(11))) * 2.0**-53


@kernel
def normal_pair(seed, stream, index):
    """Returns two independent draws from N(0, 1): r cos a and r sin a, r = sqrt(-2 ln u), a = 2 pi v.

    Box & Muller 1958. 1 - u and v are the uniforms 2 index and 2 index + 1; u > 0, so that r is at most 8.6.
    """
    r = sqrt(-2.0 * log(1.0 - uniform(seed, stream, uint64(2) * uint64(index))))
    s, c = sincos(TWO_PI * uniform(seed, stream, uint64(2) * uint64(index) + uint64(1)))
    return r * c, r * s


@kernel
def mix(z):
    """Mixes the bits of an integer one to one, mix(0) = 0: SplitMix64's finaliser, Stafford's variant 13 of MurmurHash3's."""
    z = (z ^ (z >> uint64(30))) * uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> uint64(27))) * uint64(0x94D049BB133111EB)
    return z ^ (z >> uint64(31))
