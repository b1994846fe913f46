"""Takes an update apart: of its kernel's own source it makes another kernel, which also notes down the value of each line.

Nothing of the arithmetic changes: the same statements in the same order, compiled by the same OPTIONS. These let LLVM
neither reorder nor contract (a product and a sum stay two roundings), so that the digits are the kernel's.
"""

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, NamedTuple

from numba import types
from numba.extending import overload

from speedup.kernels.native import kernel

NOTE, PAGE, VALUE = "__note", "__page", "__value"  # names that no kernel has
SLOTS = ("m", "v", "u")  # what the state's slots are called where an update doesn't unpack them


class Line(NamedTuple):
    """A line of an update: the variable that it sets, its text, and which slot of the state it only takes out, if it does."""

    name: str
    source: str
    slot: int | None


class Apart(NamedTuple):
    """An update taken apart: its lines, the names of its state's slots, `noting` and `run`.

    noting(page, w, g, state, decay, h) -> (w, state) is the update of a coordinate, as kernels call it; it notes its lines on
    a page, (values, first, apart): a pointer to float64, the k-th line's place there being first + k * apart.
    run(w, g, state, decay, h, notes) updates w (n,) and state (slots, n), all float64, in place. notes: values (lines, n), and
    reached (lines,), bool, which are filled in for every line that a coordinate came to and that gave a number.
    """

    lines: tuple[Line, ...]
    slots: tuple[str, ...]
    noting: Callable
    run: Callable


@cache
def take_apart(update: Callable) -> Apart:
    """Takes apart an update, a kernel (w, g, state, decay, h) -> (w, state), with those that it returns the result of.

    Each assignment is a line, one of several variables a line for each; the last is the weight returned. An argument
    that such a kernel gets under another name, as `g + h.weight_decay * w` for g, is one too.
    """
    maker = _Maker()
    noting = maker.make(update)

    @kernel
    def run(w, g, state, decay, h, notes):
        for i in range(len(w)):
            page = notes, i
            w[i], (state[0, i], state[1, i], state[2, i]) = noting(
                page, w[i], g[i], (state[0, i], state[1, i], state[2, i]), decay, h
            )

    return Apart(tuple(maker.lines), maker.slots, noting, run)


def _note(page, k, value):
    """Notes down a line's value; what is no number, as a tuple, is passed over."""


@overload(_note)
def _noting(page, k, value):
    def number(page, k, value):
        (values, reached), i = page
        values[k, i], reached[k] = value, True

    def number_at(page, k, value):
        values, first, apart = page
        values[first + k * apart] = value

    def other(page, k, value):
        pass

    if not isinstance(value, (types.Float, types.Integer, types.Boolean)):
        return other
    return number_at if len(page) == 3 else number


class _Maker(ast.NodeTransformer):
    """Writes the noting kernels; what they note, in the order of their text, is gathered in `lines`."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.slots: tuple[str, ...] = SLOTS
        self.text, self.known, self.arguments = "", dict[str, Any](), list[str]()  # of the kernel that is being made

    def make(self, function: Any) -> Callable:
        """Makes the noting kernel of a kernel: it takes the page first, which holds where values go."""
        outer = self.text, self.known, self.arguments
        python = function.py_func
        self.text, self.known = textwrap.dedent(inspect.getsource(python)), _names(python)
        node: Any = ast.parse(self.text).body[0]
        self.arguments = [one.arg for one in node.args.args]
        node.decorator_list, node.body = [], [self.visit(one) for one in node.body]
        node.body = [one for part in node.body for one in (part if isinstance(part, list) else [part])]
        node.args.args.insert(0, ast.arg(PAGE))
        self.known[NOTE] = _note
        code = compile(ast.fix_missing_locations(ast.Module([node], [])), f"<{node.name}, line by line>", "exec")
        exec(code, self.known)
        made = kernel(self.known[node.name])
        self.text, self.known, self.arguments = outer
        return made

    def visit_Assign(self, node: ast.Assign) -> list[ast.stmt]:
        """Notes each variable that is set. The names of the state's slots are those it is unpacked to."""
        first = len(self.lines)
        notes = [self._noted(*line) for target in node.targets for line in self._parts(target, node)]
        if isinstance(node.targets[0], ast.Tuple) and [ast.unparse(node.value)] == self.arguments[2:3]:  # the state
            self.slots = tuple(line.name for line in self.lines[first:])
            self.lines[first:] = [line._replace(slot=slot) for slot, line in enumerate(self.lines[first:])]
        return [node, *notes]

    def visit_AugAssign(self, node: Any) -> list[ast.stmt]:
        """Notes the variable that is changed."""
        return [node, *(self._noted(*line) for line in self._parts(node.target, node) if node.value)]

    visit_AnnAssign = visit_AugAssign

    def visit_Return(self, node: Any) -> list[ast.stmt]:
        """Notes the weight returned; or, where another update returns it, that one's lines."""
        if isinstance(node.value, ast.Call) and isinstance(node.value.func, ast.Name):
            callee = self.known.get(node.value.func.id)
            if hasattr(callee, "py_func"):
                return self._passed_on(node, node.value, callee)
        weight, kept = self.arguments[0], ast.Name(VALUE, ast.Load())
        text = self._text(node.value.elts[0] if isinstance(node.value, ast.Tuple) else node.value)
        note = self._noted(weight, f"{weight} = {text}", ast.Subscript(kept, ast.Constant(0), ast.Load()))
        return [ast.Assign([ast.Name(VALUE, ast.Store())], node.value), note, ast.Return(kept)]

    def _passed_on(self, node: ast.Return, call: ast.Call, callee: Any) -> list[ast.stmt]:
        """`return update(w, g + …, …)`: the arguments as lines, then a call of that update's noting kernel."""
        names, before = list(inspect.signature(callee.py_func).parameters), list[ast.stmt]()
        arguments: list[ast.expr] = [ast.Name(PAGE, ast.Load())]
        for i, (name, value) in enumerate(zip(names, call.args)):
            if not isinstance(value, ast.Name) or value.id != name:
                stored = f"{VALUE}{i}"
                before.append(ast.Assign([ast.Name(stored, ast.Store())], value))
                before.append(self._noted(name, f"{name} = {self._text(value)}", ast.Name(stored, ast.Load())))
                value = ast.Name(stored, ast.Load())
            arguments.append(value)
        place = f"{NOTE}{len(self.lines)}"
        self.known[place] = self.make(callee)
        return [*before, ast.Return(ast.Call(ast.Name(place, ast.Load()), arguments, call.keywords))]

    def _parts(self, target: ast.expr, node: Any) -> Iterator[tuple[str, str, ast.expr]]:
        """(name, text, value) of each variable that a statement sets: what `a, b = c, d` says of a is `a = c`."""
        if isinstance(target, ast.Name):
            yield target.id, self._text(node), ast.Name(target.id, ast.Load())
        elif isinstance(target, (ast.Tuple, ast.List)):
            values = node.value.elts if isinstance(node.value, ast.Tuple) else []
            for i, one in enumerate(target.elts):
                text = f"{self._text(one)} = {self._text(values[i])}" if len(values) == len(target.elts) else self._text(node)
                yield from ((name, text, value) for name, _, value in self._parts(one, ast.Expr(one)))

    def _noted(self, name: str, text: str, value: ast.expr) -> ast.stmt:
        self.lines.append(Line(name, text, None))
        line = ast.Constant(len(self.lines) - 1)
        return ast.Expr(ast.Call(ast.Name(NOTE, ast.Load()), [ast.Name(PAGE, ast.Load()), line, value], []))

    def _text(self, node):
        """A node's own text, on one line."""
        return " ".join((ast.get_source_segment(self.text, node) or ast.unparse(node)).split())


def _names(function):
    """What the names mean that a function doesn't set itself."""
    return function.__globals__ | inspect.getclosurevars(function).nonlocals
