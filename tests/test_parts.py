"""What only kernels call becomes a part of the entries, and nothing by itself."""

import numba

from speedup.kernels.native import OPTIONS, kernel


@kernel
def half(x):
    return x / 2


@kernel
def quarter(x):
    return half(half(x))


@kernel
def both(x):
    return half(x) + quarter(x)


def test_only_what_is_called_becomes_machine_code():
    called = numba.cfunc("f8(f8)", **OPTIONS)(lambda x: both(x) + quarter(x))
    assert called.ctypes(4.0) == 4.0
    for one in half, quarter, both:
        (compiled,) = one.overloads.values()
        assert not compiled.library.get_pointer_to_function(compiled.fndesc.llvm_func_name)


def test_python_may_call_them_too():
    assert (half(8), quarter(8), both(8.0)) == (4.0, 2.0, 6.0)
