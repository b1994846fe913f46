"""The stage's modules as one plain script, its styles as one sheet: few to ask for, and a page on a disk loads no module.

Of import and export only the forms that our modules use are known; any other is refused.
"""

import posixpath
import re
from graphlib import TopologicalSorter

IMPORT = re.compile(r'^import (?:(\w+)|\{([^}]*)\}) from "(\.[\w./]+)";$', re.M)
EXPORT = re.compile(r"^export (default )?((?:async )?function\*?|class|const) (\w+)", re.M)
LATER = re.compile(r'\bimport\("(\.[\w./]+)"\)')
# On lines of its own; in it are types, maybe other modules'.
COMMENT = re.compile(r"^[ \t]*/\*\*(?:(?!\*/).)*\*/[ \t]*\n", re.M | re.S)
MODULE_ONLY = re.compile(r"^(?:import|export)\b.*|\bimport\.meta.*", re.M)
SHEET = re.compile(r'^@import "([\w./]+)";$', re.M)
WRAPPER = """(() => {{
"use strict";
const made = {{}};
const modules = {{
{}
}};
const speedup = (name) => (made[name] ??= modules[name]());
globalThis.speedup = speedup;
const {{ document, name }} = globalThis;
const first = document ? document.currentScript?.dataset.start : name; // a thread's name says what it is for
if (first) speedup(first).start();
}})();
"""


def bundle(modules: dict[str, str], entries: tuple[str, ...]) -> str:
    """Returns a script that defines `speedup(name)`, which gives what a module exports and runs it when first asked for.

    It calls start() of the module that its element names as `data-start`, or a thread by its name. `modules`: name, with
    its folders -> text; those that `entries` need are taken.
    Raises KeyError for a module that isn't there, CycleError, and ValueError for what this can't translate.
    """
    texts, needs, waiting = {}, {}, list(entries)
    while waiting:
        name = waiting.pop()
        if name not in needs:
            texts[name] = COMMENT.sub("", modules[name])
            needs[name] = [_resolved(name, found[3]) for found in IMPORT.finditer(texts[name])]
            waiting += needs[name] + [_resolved(name, path) for path in LATER.findall(texts[name])]
    order = TopologicalSorter(needs).static_order()
    return WRAPPER.format("\n".join(_function(name, texts[name]) for name in order))


def sheet(text: str, styles: dict[str, str]) -> str:
    """Returns a style sheet with the sheets that it imports, by their names, in it. Raises KeyError for one that isn't there."""
    return SHEET.sub(lambda found: styles[found[1]], text)


def _function(name, text):
    """A module as a property: a function that returns what it exports."""
    exported = [f"default: {found[3]}" if found[1] else found[3] for found in EXPORT.finditer(text)]
    text = EXPORT.sub(r"\2 \3", IMPORT.sub(lambda found: _constants(found, name), text))
    text = LATER.sub(lambda found: f'Promise.resolve(speedup("{_resolved(name, found[1])}"))', text)
    left = MODULE_ONLY.search(text)
    if left:
        raise ValueError(f"{name}: no script can hold {left[0]!r}")
    return f'"{name}": () => {{\n{text}\nreturn {{ {", ".join(exported)} }};\n}},'


def _resolved(importer, path):
    """The name of the module that `importer` calls `path`: "./b.js" or "../base/b.js"."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(importer), path))


def _constants(found, importer):
    """What one import of a module names, as constants."""
    default, names, path = found.groups()
    what = f"default: {default}" if default else re.sub(r"\s+as\s+", ": ", names.strip())
    return f'const {{ {what} }} = speedup("{_resolved(importer, path)}");'
