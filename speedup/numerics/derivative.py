"""Differentiates a kernel: of its own source it makes another kernel, in which every number is a jet.

The same statements in the same order, `a * b` being `multiply(a, b)`: forward-mode differentiation. So a surface has its
Hessian from the function that gives its gradient, without a further line.
"""

import ast
import inspect
import textwrap
from collections.abc import Callable
from functools import cache, reduce
from typing import Any

from speedup.kernels.native import kernel
from speedup.numerics.jets import BINARY, FUNCTIONS, constant, negate

WHOLE = range(1, 17)  # powers that are written as products


@cache
def derivative(function: Any) -> Callable:
    """Makes of a kernel of numbers the same kernel of jets: see `speedup.numerics.jets`.

    The kernel may use +, -, *, /, whole powers, comparisons, branches, the functions in FUNCTIONS, and other such kernels.
    Raises TypeError for anything else.
    """
    python = function.py_func
    known = python.__globals__ | inspect.getclosurevars(python).nonlocals
    node: Any = ast.parse(textwrap.dedent(inspect.getsource(python))).body[0]
    made = _Maker(node, known).visit(node)
    code = compile(ast.fix_missing_locations(ast.Module([made], [])), f"<{node.name}, of jets>", "exec")
    exec(code, known)
    return kernel(known[node.name])


class _Maker(ast.NodeTransformer):
    """Writes the kernel of jets. `known` is what its names mean, and takes up what it calls."""

    def __init__(self, node: ast.FunctionDef, known: dict[str, Any]) -> None:
        self.name, self.known = node.name, known
        names = {one.id for one in ast.walk(node) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)}
        self.own = names | {one.arg for one in node.args.args}

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
        """Leaves out decorators, and the docstring."""
        node.decorator_list = []
        node.body = [self.visit(one) for one in node.body[ast.get_docstring(node) is not None :]]
        return node

    def generic_visit(self, node: ast.AST) -> ast.AST:
        """Goes on into what is the same with jets; raises TypeError for what isn't known to be."""
        same = ast.Assign, ast.Return, ast.If, ast.IfExp, ast.BoolOp, ast.Tuple, ast.Name, ast.expr_context, ast.boolop
        if not isinstance(node, same):
            raise TypeError(f"{self.name}: {ast.unparse(node)} ({type(node).__name__}) can't be differentiated")
        return super().generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> ast.expr:
        """A number is one that depends on nothing."""
        return self._call(constant, node)

    def visit_Name(self, node: ast.Name) -> ast.expr:
        """A name that the kernel doesn't set itself stands for a constant."""
        return node if node.id in self.own else self._call(constant, node)

    def visit_AugAssign(self, node: ast.AugAssign) -> ast.AST:
        """`a += b` is a = a + b."""
        target: Any = node.target
        return self.visit(ast.Assign([target], ast.BinOp(ast.Name(target.id, ast.Load()), node.op, node.value)))

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.expr:
        """-a; `not` of a comparison stays."""
        operand = self.visit(node.operand)
        return self._call(negate, operand) if isinstance(node.op, ast.USub) else ast.UnaryOp(node.op, operand)

    def visit_BinOp(self, node: ast.BinOp) -> Any:
        """a + b and its like; a power is a product."""
        power: Any = getattr(node.right, "value", None)
        if isinstance(node.op, ast.Pow) and power in WHOLE:
            return self.visit(reduce(lambda left, right: ast.BinOp(left, ast.Mult(), right), [node.left] * int(power)))
        if type(node.op) not in BINARY:
            return self.generic_visit(node)
        return self._call(BINARY[type(node.op)], self.visit(node.left), self.visit(node.right))

    def visit_Compare(self, node: ast.Compare) -> ast.expr:
        """Values are compared."""
        values: list[ast.expr] = [
            ast.Subscript(self.visit(one), ast.Constant(0), ast.Load()) for one in (node.left, *node.comparators)
        ]
        return ast.Compare(values[0], node.ops, values[1:])

    def visit_Call(self, node: ast.Call) -> ast.expr:
        """A function's own rule, or a kernel that is differentiated too."""
        function = eval(ast.unparse(node.func), self.known)
        if function not in FUNCTIONS and not hasattr(function, "py_func"):
            self.generic_visit(node)  # it raises
        made = FUNCTIONS.get(function) or derivative(function)
        return self._call(made, *map(self.visit, node.args))

    def _call(self, function, *arguments):
        name = f"__{len(self.known)}"
        self.known[name] = function
        return ast.Call(ast.Name(name, ast.Load()), list(arguments), [])
