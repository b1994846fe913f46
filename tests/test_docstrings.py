"""Docstrings: everything public has one; those of functions and methods open with what they do. And types: all public ones."""

import ast

import pytest

from tests.servers import ROOT

FILES = sorted(ROOT.glob("speedup/**/*.py"))
COMPILED = {"kernel", "entry", "fast", "intrinsic"}  # decorators of what Numba compiles: its types are Numba's business
PROPERTIES = {"property", "cached_property"}
NOUNS = {"Bands", "Colours", "Lanes", "Rows", "This", "Times", "Its", "Words", "Classes", "Ticks", "Values", "Samples", "Pairs"}


def name_of(path):
    return path.relative_to(ROOT).as_posix()


def decorators(node):
    """The last names of a function's decorators."""
    return {ast.unparse(one).split("(")[0].split(".")[-1] for one in node.decorator_list}


def public(node, prefix=""):
    """(dotted name, node) of every public class, function and method beneath a node; not those inside of functions."""
    for one in node.body:
        if isinstance(one, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)) and not one.name.startswith("_"):
            yield prefix + one.name, one
            if isinstance(one, ast.ClassDef):
                yield from public(one, f"{prefix}{one.name}.")


def parse(path):
    return ast.parse(path.read_text("utf-8"))


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_everything_public_has_a_docstring(path):
    tree = parse(path)
    missing = [name for name, node in [("the module", tree), *public(tree)] if not ast.get_docstring(node)]
    assert not missing


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_functions_say_what_they_do(path):
    for name, node in public(parse(path)):
        if isinstance(node, ast.ClassDef) or decorators(node) & PROPERTIES:
            continue  # a thing is named
        first = ast.get_docstring(node).split()[0].strip(",.:")
        assert first.istitle() and first.endswith("s") and first not in NOUNS, f"{name}: {first}"


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_everything_public_has_types(path):
    for name, node in public(parse(path)):
        if isinstance(node, ast.ClassDef) or decorators(node) & COMPILED:
            continue
        arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs, node.args.vararg, node.args.kwarg]
        untyped = [one.arg for one in arguments if one and one.annotation is None and one.arg not in ("self", "cls")]
        assert not untyped and node.returns is not None, f"{name}: {untyped or 'what it returns'}"
