"""Calls a kernel by its number, so that one compiled entry serves every row of a table."""

from collections.abc import Callable, Sequence

from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

from speedup.kernels.native import kernel


def dispatch(kernels: Sequence[Callable]) -> Callable:
    """Makes a kernel (k, *arguments) that calls kernels[k], the last one for any other k.

    One LLVM switch. (A chain of functions that call each other compiles twice as long, function pointers are 5 to 10
    times slower.) All kernels must take and return the same types.
    """

    @intrinsic
    def switch(typing_context, k, arguments):
        callees = [types.Dispatcher(one) for one in kernels]
        signatures = [typing_context.resolve_function_type(one, tuple(arguments), {}) for one in callees]

        def generate(context, builder, signature, values):
            unpacked = cgutils.unpack_tuple(builder, values[1])
            result = cgutils.alloca_once(builder, context.get_value_type(signature.return_type))
            blocks = [builder.append_basic_block(f"kernel{i}") for i in range(len(kernels))]
            after = builder.append_basic_block("after")
            branch = builder.switch(values[0], blocks[-1])
            for i, block in enumerate(blocks):
                branch.add_case(values[0].type(i), block)
                builder.position_at_end(block)
                function = context.get_function(callees[i], signatures[i])
                builder.store(function(builder, unpacked), result)
                builder.branch(after)
            builder.position_at_end(after)
            return builder.load(result)

        return signatures[0].return_type(k, arguments), generate

    @kernel
    def call(k, *arguments):
        return switch(k, arguments)

    return call
