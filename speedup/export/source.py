"""Our functions as the text of a script that has no speedup: their own source, what it calls before it.

What kernels take from `math`, `speedup.numerics.elementary` and Numba is replaced by the names that a library has for it.
"""

import ast
import builtins
import inspect
import textwrap
from collections.abc import Callable
from typing import Any

import numpy as np

MATH = ("exp", "log", "sin", "cos", "tanh", "sqrt", "floor")
SINCOS = '''
def {name}(x):
    """(sin x, cos x)."""
    return {library}.sin(x), {library}.cos(x)
'''


class Bundle:
    """The constants and functions that a script needs, each once, in an order in which they can stand.

    library: "torch", where functions work on tensors, or "np". Elementwise functions take whole tensors: what they
    choose by a condition becomes `torch.where`.
    """

    def __init__(self, library: str, elementwise: bool = False) -> None:
        self.library, self.elementwise = library, elementwise
        self.constants: dict[str, str] = {}  # name -> text
        self.functions: dict[str, str] = {}

    def add(self, function: Callable, signature: str | None = None) -> None:
        """Adds a kernel, or a Python function, and all that it uses; `signature` replaces its arguments."""
        function = _python(function)
        name = function.__name__
        if name in self.functions:
            return
        text, records, names = _source(function), {}, {}
        for free in sorted(_free(text)):
            value = _value(function, free)
            if isinstance(value, tuple) and hasattr(value, "_fields"):  # positions in a record: numbers in the script
                records[free] = value
            elif (new := self._resolve(free, value)) != free:
                names[free] = new
        text = _edited(text, lambda node: _renamed(node, names, records))
        while self.elementwise and (choice := _edited(text, _where)) != text:
            text = choice
        if signature is not None:
            head, rest = text.split("):\n", 1)
            text = f"{head.split('(')[0]}({signature}):\n{rest}"
        self.functions[name] = text

    def _resolve(self, name, value):
        """What the script calls the `value` that a function of ours knows as `name`; it is added where it is ours."""
        if value is builtins.max:
            return "torch.maximum" if self.elementwise else name
        if value is np or getattr(builtins, name, None) is value:
            return name
        if name in MATH:
            return f"{self.library}.{name}"
        if name in ("sincos", "sincos_small"):  # math and PyTorch have no need for a second one
            new = "sincos" if self.library == "torch" else f"{self.library}_sincos"
            self.functions[new] = SINCOS.strip().format(name=new, library=self.library)
            return new
        if type(value).__module__.startswith("numba.core.types"):
            return f"np.{name}"
        if isinstance(value, type):  # a named tuple
            fields = getattr(value, "_fields")  # noqa: B009
            self.constants[name] = f'{name} = namedtuple("{name}", "{" ".join(fields)}")'
        elif callable(value):
            self.add(value)
            return _python(value).__name__
        else:
            self.constants[name] = f"{name} = {_constant(value)}"
        return name

    def leave_out(self, other: "Bundle") -> None:
        """Removes what another bundle has."""
        for mine, theirs in (self.constants, other.constants), (self.functions, other.functions):
            for name in theirs:
                mine.pop(name, None)

    def text(self) -> str:
        """Returns all of it: constants, then functions."""
        return "\n\n\n".join(filter(None, ["\n".join(self.constants.values()), *self.functions.values()]))


def _renamed(node, names, records):
    """What stands for a node: another name, or the number of a field of a record; None where it stays."""
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in records:
        return str(getattr(records[node.value.id], node.attr))
    return names.get(node.id) if isinstance(node, ast.Name) else None


def _constant(value):
    return f"np.uint64({int(value):#X})".replace("0X", "0x") if isinstance(value, np.uint64) else repr(value)


def _python(function):
    """The Python function of a kernel or an entry."""
    return getattr(function, "py_func", None) or getattr(function, "function", None) or function


def _source(function):
    """The text of a function without its decorators and its types."""
    text = textwrap.dedent(inspect.getsource(function))
    node: Any = ast.parse(text).body[0]
    for one in (*node.args.args, *node.args.kwonlyargs):
        one.annotation = None
    lines = text.splitlines()[node.body[0].lineno - 1 :]
    return "\n".join([f"def {node.name}({ast.unparse(node.args)}):", *lines])


def _free(text):
    """The names that a function reads and doesn't set."""
    nodes = [node for node in ast.walk(ast.parse(text)) if isinstance(node, (ast.Name, ast.arg))]
    own = {node.arg for node in nodes if isinstance(node, ast.arg)}
    own |= {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    return {node.id for node in nodes if isinstance(node, ast.Name)} - own


def _value(function, name):
    """What a name means in a function."""
    known = inspect.getclosurevars(function)
    for scope in (known.nonlocals, known.globals, known.builtins):
        if name in scope:
            return scope[name]
    raise NameError(f"{function.__name__} uses {name}, which a script can't have")


def _edited(text, edit):
    """The text with edit(node) in place of each outermost node for which that isn't None."""
    lines = [line.encode() for line in text.split("\n")]
    starts = [sum(len(line) + 1 for line in lines[:i]) for i in range(len(lines))]
    found, queue = [], [ast.parse(text)]
    while queue:
        node = queue.pop()
        new = edit(node)
        if new is None:
            queue += ast.iter_child_nodes(node)
        else:
            span = (starts[node.lineno - 1] + node.col_offset, starts[node.end_lineno - 1] + node.end_col_offset)
            found.append((*span, new.encode()))
    whole = text.encode()
    for begin, end, new in sorted(found, reverse=True):
        whole = whole[:begin] + new + whole[end:]
    return whole.decode()


def _where(node):
    if isinstance(node, ast.IfExp):
        return f"torch.where({ast.unparse(node.test)}, {ast.unparse(node.body)}, {ast.unparse(node.orelse)})"
    return None
