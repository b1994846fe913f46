"""Rooms: every module is in one, and arrows between rooms run one way, in Python and in the browser's modules alike."""

import ast
import posixpath
import re
from pathlib import Path

import pytest

from tests.modules import evaluate

ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "speedup" / "web" / "static"

# Who may import whom: a room imports itself and the rooms below it. Rooms in one line know nothing of each other.
PYTHON_ROOMS = (
    ("app", "pages", "speedup.__main__"),
    ("speedup.web",),
    ("speedup.export",),
    ("speedup.words",),
    ("speedup.scenes",),
    ("speedup.study",),
    ("speedup.race", "speedup.network"),
    ("speedup.optimizers", "speedup.surfaces", "speedup.datasets", "speedup.lane", "speedup.decay", "speedup.limits"),
    ("speedup.schema",),
    ("speedup.numerics",),
    ("speedup.kernels",),
)
BROWSER_ROOMS = (
    ("host",),
    ("stage",),
    ("tools",),
    ("lesson",),
    ("race", "network"),
    ("instruments",),
    ("panel",),
    ("draw",),
    ("model",),
    ("base",),
)
LIBRARY = "speedup"  # speedup/__init__.py: what the library offers, from any room below the pages of the app
APP_ONLY = {"streamlit", "starlette", "uvicorn", "anyio", "segno"}  # packages that the library does without

PYTHON = sorted([ROOT / "app.py", *ROOT.glob("pages/*.py"), *ROOT.glob("speedup/**/*.py")])
BROWSER = sorted(STATIC.rglob("*.js"))
IMPORT = re.compile(r"""(?:\bfrom |\bimport |\bimport\()["'](\.[^"']+)["']""")


def name_of(path):
    """The dotted name of a Python file: "speedup.race.race", "app"."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def room_of(name, rooms):
    """(level, room) of a module, level 0 at the top; None if it is in no room. Tables are modules, each in a line of its own name."""
    for level, line in enumerate(rooms):
        for room in line:
            if name == room or name.startswith((f"{room}.", f"{room}/")):
                return level, room
    return None


def imported(path):
    """The modules that a Python file imports, of ours by their dotted names."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                inner = ROOT.joinpath(*node.module.split("."), alias.name)
                yield f"{node.module}.{alias.name}" if inner.with_suffix(".py").is_file() or inner.is_dir() else node.module


def may_import(name, other, rooms):
    """Whether an arrow from one module to another runs downwards or stays in the room."""
    here, there = room_of(name, rooms), room_of(other, rooms)
    tables = (
        here[0] == there[0]
        and rooms is PYTHON_ROOMS
        and here[1].startswith("speedup.")
        and "speedup.optimizers" in rooms[here[0]]
    )
    return here[1] == there[1] or here[0] < there[0] or tables


@pytest.mark.parametrize("path", PYTHON, ids=name_of)
def test_python_s_arrows_run_one_way(path):
    name = name_of(path)
    if name == LIBRARY:
        return
    assert room_of(name, PYTHON_ROOMS), f"{name} is in no room"
    for other in imported(path):
        if other.split(".")[0] not in ("speedup", "app", "pages"):
            assert other.split(".")[0] not in APP_ONLY or room_of(name, PYTHON_ROOMS)[0] <= 1, f"{name} imports {other}"
        elif other == LIBRARY:
            assert room_of(name, PYTHON_ROOMS)[0] <= 1, f"{name}: the library imports its own modules by their names"
        else:
            assert may_import(name, other, PYTHON_ROOMS), f"{name} imports {other}"


@pytest.mark.parametrize("path", BROWSER, ids=lambda path: path.relative_to(STATIC).as_posix())
def test_the_browser_s_arrows_run_one_way(path):
    name = path.relative_to(STATIC).as_posix()
    assert room_of(name, BROWSER_ROOMS), f"{name} is in no room"
    for found in IMPORT.findall(path.read_text("utf-8")):
        other = posixpath.normpath(posixpath.join(posixpath.dirname(name), found))
        assert (STATIC / other).is_file(), f"{name} imports {found}, which is not there"
        assert may_import(name, other, BROWSER_ROOMS), f"{name} imports {other}"


def test_modules_do_nothing_when_they_are_loaded():
    """Node loads them: but for the hosts, no room asks for a page before one of its functions is called."""
    rooms = [room for line in BROWSER_ROOMS[1:] for room in line]
    names = [path.relative_to(STATIC).as_posix() for room in rooms for path in sorted((STATIC / room).glob("*.js"))]
    load = "Promise.all(arg.map((name) => import(`./${name}`).then(() => null, (error) => `${name}: ${error}`)))"
    assert [error for error in evaluate("base/dom", load, names) if error] == []


def test_architecture_has_these_rooms():
    drawn = re.findall(r"^```\n(.* → .*)\n```$", (ROOT / "ARCHITECTURE.md").read_text("utf-8"), re.M)
    python, browser = ([tuple(line.split(", ")) for line in one.split(" → ")] for one in drawn)
    assert browser == list(BROWSER_ROOMS)
    named = [tuple(room.removeprefix("speedup.") for room in line) for line in PYTHON_ROOMS]
    assert python[1:] == [("tables",) if "optimizers" in line else line for line in named[1:]]
    assert python[0] == ("app.py", "pages")


def test_an_arrow_upwards_would_be_found():
    assert not may_import("speedup.kernels.native", "speedup.race.race", PYTHON_ROOMS)
    assert not may_import("speedup.race.race", "speedup.network.training", PYTHON_ROOMS)
    assert may_import("speedup.surfaces", "speedup.schema.parameters", PYTHON_ROOMS)
    assert not may_import("base/dom.js", "draw/plot.js", BROWSER_ROOMS)
    assert not may_import("race/map.js", "network/fit.js", BROWSER_ROOMS)
    assert room_of("speedup.flat", PYTHON_ROOMS) is None and room_of("flat.js", BROWSER_ROOMS) is None
