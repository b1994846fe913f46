"""Calls a kernel by its number, so that one compiled entry serves every row of a table."""

from collections.abc import Callable, Collection, Sequence

from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

from speedup.kernels.native import kernel


def dispatch(kernels: Sequence[Callable], apart: Collection[Callable] = ()) -> Callable:
    """Makes a kernel (k, *arguments) that calls kernels[k], the last one for any other k.

    One LLVM switch. (A chain of functions that call each other compiles twice as long, function pointers are 5 to 10
    times slower.) All kernels must take and return the same types.

    `apart`: those that take long, beside which a call is nothing. If some are named, the switch and all others are compiled
    into each function that calls it, and a loop there is quicker: what a kernel gives stays in registers, and what is the same at
    every step is computed once (bench/README.md has figures).
    """
    switch = _switch(kernels)

    @kernel
    def call(k, *arguments):
        return switch(k, arguments)

    if not apart:
        return call
    near = _switch([None if one in apart else one for one in kernels], call)

    def within(k, *arguments):
        return near(k, arguments)

    return kernel(within, forceinline=True)


def _switch(kernels, other=None):
    """What calls kernels[k] with a tuple of arguments; for None among them and any other k `other`, or else the last kernel."""
    shared = [(i, one) for i, one in enumerate(kernels) if one is not None]

    @intrinsic
    def switch(typing_context, k, arguments):
        callees = [(one, tuple(arguments)) for _, one in shared]
        if other:
            callees.append((other, (k, *arguments)))
        signatures = [typing_context.resolve_function_type(types.Dispatcher(one), given, {}) for one, given in callees]

        def generate(context, builder, signature, values):
            unpacked = cgutils.unpack_tuple(builder, values[1])
            result = cgutils.alloca_once(builder, context.get_value_type(signature.return_type))
            blocks = [builder.append_basic_block("kernel") for _ in callees]
            after = builder.append_basic_block("after")
            branch = builder.switch(values[0], blocks[-1])
            for (i, _), block in zip(shared, blocks):
                branch.add_case(values[0].type(i), block)
            for block, (one, _), own in zip(blocks, callees, signatures, strict=True):
                builder.position_at_end(block)
                function = context.get_function(types.Dispatcher(one), own)
                builder.store(function(builder, values if one is other else unpacked), result)
                builder.branch(after)
            builder.position_at_end(after)
            return builder.load(result)

        return signatures[0].return_type(k, arguments), generate

    return switch
