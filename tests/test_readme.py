"""The examples of README and CONTRIBUTING, as a reader would try them."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qsl

import pytest

from speedup.race.tuning import default_race
from speedup.scenes import network_scene
from speedup.scenes.surfaces_scene import read_scene

ROOT = Path(__file__).resolve().parent.parent
README, RECIPES = ((ROOT / name).read_text("utf-8") for name in ("README.md", "CONTRIBUTING.md"))
PLACES = {  # file, where the function goes, where the row goes
    "optimizer": ("optimizers.py", "def _row(", "    _row(adamw"),
    "surface": ("surfaces.py", "def _row(", "    _row(rosenbrock"),
    "dataset": ("datasets.py", "def _shape(", "    _shape(circle"),
}
TRY = {
    "optimizer": """
from speedup import *
race = simulate(RaceSpec("booth", lanes=(Lane("signsgd", {"lr": 0.5}), Lane("adamw"), Lane("sgd")), steps=9))
assert abs(race.paths[0, 1] - race.paths[0, 0])[:2].tolist() == [0.5, 0.5]
line = anatomy(race.spec, 0, 3).lines[-1]
assert line.source == "w = w - h.lr * (g / abs(g) if g != 0 else 0.0)" and line.value.tolist() == race.paths[0, 4, :2].tolist()
""",
    "surface": f"""
from speedup import *
from {default_race.__module__} import default_race
race = simulate(default_race("sphere"))
assert (race.arrived > 0).all() and race.paths[0, 0].tolist() == [-2, 1, 5]
assert (sharpness(RaceSpec("sphere", lanes=(Lane("sgd"),), steps=3)).values == 2).all()
""",
    "dataset": """
from speedup import *
run = train(TrainSpec("stripes", samples=300, hidden=(8,), activation="tanh", steps=2000, lanes=(Lane("adam", {"lr": 0.05}),)))
assert run.train_accuracy[0, -1] > 0.9
""",
}


@pytest.fixture(scope="module")
def tried(tmp_path_factory):
    """{kind: what went wrong in that example}, in a copy of the package with all three and one process: kernels that they share
    are compiled once."""
    folder = tmp_path_factory.mktemp("copy")
    shutil.copytree(ROOT / "speedup", folder / "speedup", ignore=shutil.ignore_patterns("__pycache__"))
    for kind, (name, before, row_before) in PLACES.items():
        function, row = re.search(rf"```python\n# {kind}\n(.*?)\n\n(.*?)\n```", RECIPES, re.S).groups()
        file = folder / "speedup" / name
        text = file.read_text("utf-8").replace(before, f"{function}\n\n\n{before}", 1)
        file.write_text(text.replace(row_before, f"    {row}\n{row_before}", 1), "utf-8")
    code = f"import json, traceback\ntold = {{}}\nfor kind, code in {TRY!r}.items():\n    try: told[kind] = exec(code, {{}})"
    code += "\n    except BaseException: told[kind] = traceback.format_exc()\nprint(json.dumps(told))"
    environment = {"PATH": "", "XDG_CACHE_HOME": str(folder)}
    done = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, env=environment)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("kind", PLACES)
@pytest.mark.long
def test_the_example_works(kind, tried):
    assert not tried[kind], tried[kind]


def test_the_library_example_works(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (code,) = re.findall(r"```python\n(from speedup .*?)```", README, re.S)
    names = {}
    exec(code, names)
    assert (tmp_path / "race.html").stat().st_size > 1_000_000
    assert names["race"].paths.shape == (2, 201, 3) and names["run"].batch_loss.shape == (2, 384)


@pytest.mark.parametrize("query", re.findall(r"`\?(\S+)`", README))
def test_the_scenes_are_links(query):
    assert read_scene(parse_qsl(query))[1] == []


@pytest.mark.parametrize("query", re.findall(r"`network\?(\S+)`", README))
def test_the_networks_are_links(query):
    assert network_scene.read_scene(parse_qsl(query))[1] == []


def test_the_picture_is_there():
    for name in re.findall(r"!\[.*?\]\((.*?)\)", README):
        assert (ROOT / name).stat().st_size > 10_000
