"""A float64's bits as an int64 and back, for kernels: the layout is IEEE 754's on both targets."""

from numba import types
from numba.extending import intrinsic


@intrinsic
def to_bits(typing_context, x):
    """Returns the int64 with the bits of the float64 x: sign (1), exponent + 1023 (11), fraction (52)."""
    if x != types.float64:
        return None
    return types.int64(types.float64), _bitcast


@intrinsic
def from_bits(typing_context, i):
    """Returns the float64 with the bits of the int64 i."""
    if i != types.int64:
        return None
    return types.float64(types.int64), _bitcast


def _bitcast(context, builder, signature, arguments):
    return builder.bitcast(arguments[0], context.get_value_type(signature.return_type))
