"""Which strings of a source are shown to people, as far as that can be told from where they stand."""

import ast
import re

from tests.js_strings import HOLE

PROSE = re.compile(
    rf"[A-Za-z]{{2,}}[.,:;!?…)]* [(“'\"]?[A-Za-z]{{2,}}|[\u4e00-\u9fff]|{HOLE} [a-z]{{3,}}|[A-Za-z]{{3,}}:? {HOLE}"
)
UNSEEN_JS = re.compile(
    r"((class|className|style|key)(: | = )|new \w*Error\(|console\.\w+\(|matchMedia\(|supports\(|"
    r"(querySelector(All)?|closest|matches)\()[^()]*$"
)
SHOWN_JS = re.compile(
    r"""(["']?(aria-label|aria-description|title|placeholder|alt)["']?: |, "(text|title|aria-label)", |"""
    r"""(textContent|innerText) = |fillText\()$"""
)


def shown_js(one):
    """Whether a string of JavaScript is one that people are shown: two words or more, a Chinese one, or what is a label."""
    if SHOWN_JS.search(one.before):
        return bool(re.search(r"[A-Za-z]{2}|[\u4e00-\u9fff]", one.text))
    selector = re.search(r"\[\w", one.text)
    return bool(PROSE.search(one.text)) and not UNSEEN_JS.search(one.before) and not selector


def shown_python(tree):
    """[(line, text)]: two words or more that are no docstring, code, header, error's or refusal's; and labels of st.…"""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    errors = [node for node in calls if re.search(r"(Error|refused|log\.\w+|_log)$", ast.unparse(node.func))]
    unseen = {id(part) for error in errors for part in ast.walk(error)}
    unseen |= {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    labels = {
        id(part)
        for node in calls
        if re.match(r"st\.", ast.unparse(node.func))
        for part in [*node.args, *(keyword.value for keyword in node.keywords)]
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in unseen:
            label = id(node) in labels and re.match(r"[A-Z][a-z]", node.value)
            if label or (PROSE.search(node.value) and not re.search(r"[={}]", node.value)):
                yield node.lineno, node.value
