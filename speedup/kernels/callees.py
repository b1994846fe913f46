"""Compiles callees, which only kernels call, into each entry that calls them. Entries alone become machine code.

Numba would optimize each function together with all that it calls, make machine code of it with wrappers for Python and C,
and then put it into its callers, where all is optimized once more: a sixth of the time that a fresh machine's first start takes.
"""

import functools
from collections.abc import Callable
from typing import Any

from llvmlite import binding as llvm
from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import CompilerBase, DefaultPassBuilder
from numba.core.compiler_machinery import PassManager, register_pass
from numba.core.registry import CPUDispatcher
from numba.core.typed_passes import NativeLowering

UNCALLED = {"nopython": True, "no_cpython_wrapper": True, "no_cfunc_wrapper": True}


class Callee(JITCodeLibrary):
    """The code of one function, as LLVM's module. What calls it takes it in, with all that it calls."""

    def finalize(self) -> None:
        """Ends the module: nothing is optimized, nothing becomes machine code."""
        for function in self._final_module.functions:
            if not function.is_declaration:
                function.linkage = "linkonce_odr"  # several may bring the same one
        self._finalized = True

    def _get_module_for_linking(self) -> llvm.ModuleRef:
        self._ensure_finalized()
        return self._whole

    @functools.cached_property
    def _whole(self):
        """The function and all that it calls, directly or not."""
        whole = self._final_module.clone()
        for library in self._called({}):
            whole.link_in(
                library._final_module if isinstance(library, Callee) else library._get_module_for_linking(), preserve=True
            )
        return whole

    def _called(self, found):
        """Those libraries, each once: as the keys of a dictionary, which keep their order."""
        for library in self._linking_libraries:
            if library not in found:
                found[library] = None
                if isinstance(library, Callee):
                    library._called(found)
        return found


@register_pass(mutates_CFG=True, analysis_only=False)
class _LowerToCallee(NativeLowering):
    """Numba's last pass, but into a Callee; there is no address to call."""

    _name = "lower_to_callee"

    def run_pass(self, state: Any) -> bool:
        state.library = Callee(state.targetctx.codegen(), state.func_id.func_qualname)
        state.flags.no_compile = True
        super().run_pass(state)
        key = object()  # by which its callers find it
        state.targetctx.insert_user_function(key, state.cr.fndesc, [state.library])
        state.cr = state.cr._replace(cfunc=key)
        return True


class _Compiler(CompilerBase):
    """Numba's passes, but for the last."""

    def define_pipelines(self):
        manager = PassManager("callee")
        for one, why in DefaultPassBuilder.define_nopython_pipeline(self.state).passes:
            manager.add_pass(_LowerToCallee if one is NativeLowering else one, why)
        manager.finalize()
        return [manager]


class Callees(CPUDispatcher):
    """A function, compiled to a Callee for each types of its arguments that kernels call it with."""

    def __init__(self, function: Callable, options: dict[str, Any]) -> None:
        super().__init__(function, targetoptions=UNCALLED | options, pipeline_class=_Compiler)

    def add_overload(self, compiled: Any) -> None:
        """Remembers what was compiled. Numba would also let Python call it."""
        self.overloads[tuple(compiled.signature.args)] = compiled
