"""The string literals of a JavaScript module, as far as tests need to know JavaScript."""

import re
from typing import NamedTuple

HOLE = "\0"  # in a template's text, for each ${…}
BEFORE_REGEX = re.compile(r"(?:^|[(,=:\[!&|?{};\n+]|\breturn|=>)\s*$")
TOKEN = re.compile(
    r"""(?P<comment>//[^\n]*|/\*.*?\*/)|(?P<quoted>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')|(?P<template>`)|(?P<slash>/)|(?P<brace>[{}])""",
    re.DOTALL,
)
REGEX = re.compile(r"/(?:\\.|\[(?:\\.|[^\]\\])*\]|[^/\\\[\n])+/[a-z]*")


class Literal(NamedTuple):
    """`text` with a HOLE for each ${…}, `holes` the code in those; `before`: the code in front of it, without comments."""

    line: int
    text: str
    before: str
    holes: tuple[str, ...] = ()


def literals(source):
    """[Literal] of a module, those inside ${…} too."""
    found = []
    _code(source, 0, found, "")
    return sorted(found, key=lambda one: one.line)


def _code(source, at, found, code):
    """Reads code from `at` up to the brace that closes it, or the end; where it ended."""
    depth = 0
    while True:
        token = TOKEN.search(source, at)
        if token is None:
            return len(source)
        code += source[at : token.start()]
        at, kind, line = token.end(), token.lastgroup, source.count("\n", 0, token.start()) + 1
        if kind == "quoted":
            found.append(Literal(line, token[0][1:-1], code[-200:]))
            code += token[0]
        elif kind == "template":
            text, at, holes = _template(source, at, found, code)
            found.append(Literal(line, text, code[-200:], holes))
            code += f"`{text}`"
        elif kind == "slash":
            regex = REGEX.match(source, token.start()) if BEFORE_REGEX.search(code) else None
            at = regex.end() if regex else at
            code += "/"
        elif kind == "brace":
            depth += 1 if token[0] == "{" else -1
            if depth < 0:
                return at
            code += token[0]


def _template(source, at, found, code):
    """(text, end, holes) of the template whose text begins at `at`."""
    text, holes = "", []
    while source[at] != "`":
        if source.startswith("${", at):
            begin, at = at + 2, _code(source, at + 2, found, code)
            text += HOLE
            holes.append(source[begin : at - 1])
        elif source[at] == "\\":
            text, at = text + source[at + 1], at + 2
        else:
            text, at = text + source[at], at + 1
    return text, at + 1, tuple(holes)
