"""Lines of an update as people write them: h.beta1 * m + (1 - h.beta1) * g * g becomes β₁·m + (1 − β₁)·g²."""

import ast
import inspect
import textwrap
from collections.abc import Iterator
from typing import Any

from speedup.decay import unbias
from speedup.kernels.apart import Line, take_apart
from speedup.optimizers import OPTIMIZERS, UPDATES
from speedup.schema.parameters import HYPERPARAMETERS

# The running products of speedup.decay; mu is NAdam's own momentum.
DECAY = {"beta1": "β₁ᵗ", "beta2": "β₂ᵗ", "mu": "μ", "next_mu": "μ′", "product": "Πμ"}
SUM, PRODUCT, ATOM = 1, 2, 3  # how tightly a text holds together
OPERATORS: dict[type, tuple[int, str]] = {
    ast.Add: (SUM, " + "), ast.Sub: (SUM, " − "), ast.Mult: (PRODUCT, "·"), ast.Div: (PRODUCT, " / "),
}  # fmt: skip
COMPARISONS: dict[type, str] = {ast.NotEq: "≠", ast.Eq: "=", ast.Lt: "<", ast.LtE: "≤", ast.Gt: ">", ast.GtE: "≥"}
HAT = "\u0302"  # over the letter before it


def lines(optimizer: str) -> Iterator[tuple[int, Line]]:
    """Yields (number, line) of what an optimizer's update does and of the slots of its state that it makes use of."""
    found = take_apart(UPDATES[OPTIMIZERS[optimizer].index]).lines
    made = {line.name for line in found if line.slot is None}
    yield from ((number, line) for number, line in enumerate(found) if line.slot is None or line.name in made)


def plain(optimizer: str) -> dict[str, Any]:
    """Returns the lines as the browser shows them: {"count": how many `take_apart` finds, "shown": [those of `lines`]}.

    Each is {"at": its number, "name", "text", "uncorrected": the text without correction for bias, "before": whether it is
    what the optimizer remembers, "decays": whether it is there for the weight decay alone}.
    """
    found = list(lines(optimizer))
    shown = [
        {
            "at": at,
            "name": typeset(line.name),
            "text": typeset(line.source),
            "uncorrected": typeset(line.source, corrected=False),
            "before": line.slot is not None,
            "decays": "h.weight_decay" in line.source and at != found[-1][0],
        }
        for at, line in found
    ]
    return {"count": len(take_apart(UPDATES[OPTIMIZERS[optimizer].index]).lines), "shown": shown}


def typeset(source: str, corrected: bool = True) -> str:
    """Writes a line of Python as mathematics, what it lacks a sign for as Python has it; `corrected`: for bias."""
    [statement] = ast.parse(source).body
    folded = ast.fix_missing_locations(_WrittenOut(corrected).visit(statement))
    if isinstance(folded, ast.AugAssign):
        sign = OPERATORS[type(folded.op)][1].strip() if type(folded.op) in OPERATORS else ast.unparse(folded.op)
        return f"{_text(folded.target)} {sign}= {_text(folded.value)}"
    if isinstance(folded, ast.Assign):
        return " = ".join(_text(one) for one in [*folded.targets, folded.value])
    return _text(folded.value) if isinstance(folded, ast.Expr) else ast.unparse(folded)


class _WrittenOut(ast.NodeTransformer):
    """Puts in what `unbias` computes, and leaves out what 0 and 1 do to it."""

    def __init__(self, corrected: bool) -> None:
        self.corrected = corrected

    def visit_Call(self, node: ast.Call) -> ast.AST:
        """Replaces a call of `unbias` by what it returns."""
        self.generic_visit(node)
        if ast.unparse(node.func) != unbias.py_func.__name__:
            return node
        [function] = ast.parse(textwrap.dedent(inspect.getsource(unbias.py_func))).body
        assert isinstance(function, ast.FunctionDef)
        given = dict(zip((one.arg for one in function.args.args), node.args))
        returned = function.body[-1]
        assert isinstance(returned, ast.Return) and returned.value
        return self.visit(_Given(given).visit(returned.value))

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        """Replaces the switch by the number that it stands for."""
        return ast.Constant(int(self.corrected)) if node.attr == "bias_correction" else node

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        """Takes 1 · x for x, 0 · x for 0, x − 0 and x / 1 for x."""
        self.generic_visit(node)
        left, right = (one.value if isinstance(one, ast.Constant) else None for one in (node.left, node.right))
        if isinstance(node.op, ast.Mult) and left == 0:
            return ast.Constant(0)
        if isinstance(node.op, ast.Mult) and left == 1:
            return node.right
        nothing = (isinstance(node.op, ast.Sub) and right == 0) or (isinstance(node.op, ast.Div) and right == 1)
        return node.left if nothing else node


class _Given(ast.NodeTransformer):
    """Puts arguments in the place of parameters."""

    def __init__(self, given: dict[str, ast.expr]) -> None:
        self.given = given

    def visit_Name(self, node: ast.Name) -> ast.AST:
        """Replaces a parameter's name."""
        return self.given.get(node.id, node)


def _text(node, least=0):
    """A node's text, in parentheses where it doesn't hold together as tightly as it must."""
    text, binding = _set(node)
    return f"({text})" if binding < least else text


def _set(node):
    """(text, how tightly it holds together) of an expression."""
    match node:
        case ast.Name(id=name):
            return (name.removesuffix("_hat") + HAT if name.endswith("_hat") else name), ATOM
        case ast.Attribute(value=ast.Name(id="h"), attr=name) if name in HYPERPARAMETERS:
            return HYPERPARAMETERS[name].symbol, ATOM
        case ast.Attribute(value=ast.Name(id="decay"), attr=name):
            return DECAY.get(name, name), ATOM
        case ast.Constant(value=float() | int() as value):
            return f"{value:g}", ATOM
        case ast.Call(func=ast.Name(id="sqrt"), args=[under]):
            return f"√{_text(under, ATOM)}", ATOM
        case ast.Call(func=ast.Name(id="abs"), args=[inside]):
            return f"|{_text(inside)}|", ATOM
        case ast.Call(func=called, args=arguments):
            return f"{_text(called)}({', '.join(map(_text, arguments))})", ATOM
        case ast.BinOp(op=op) if type(op) in OPERATORS:
            return _operation(node)
        case ast.Compare(left=left, ops=[op], comparators=[right]) if type(op) in COMPARISONS:
            return f"{_text(left)} {COMPARISONS[type(op)]} {_text(right)}", 0
        case ast.IfExp(test=test, body=body, orelse=other):
            return f"{_text(body)} if {_text(test)} else {_text(other)}", 0
    return ast.unparse(node), 0


def _operation(node):
    """A sum, difference, product or quotient; what is multiplied by itself is a square."""
    binding, sign = OPERATORS[type(node.op)]
    if isinstance(node.op, ast.Mult):
        right = ast.unparse(node.right)
        if ast.unparse(node.left) == right:
            return f"{_text(node.left, ATOM)}²", PRODUCT
        if isinstance(node.left, ast.BinOp) and isinstance(node.left.op, ast.Mult) and ast.unparse(node.left.right) == right:
            return f"{_text(node.left.left, PRODUCT)}·{_text(node.right, ATOM)}²", PRODUCT
        divided = isinstance(node.left, ast.BinOp) and isinstance(node.left.op, ast.Div)
        return f"{_text(node.left, ATOM if divided else PRODUCT)}·{_text(node.right, ATOM)}", PRODUCT
    least = binding if isinstance(node.op, ast.Add) else binding + 1
    return f"{_text(node.left, binding)}{sign}{_text(node.right, least)}", binding
