"""A script that is run with PyTorch prints the numbers that its scene ends with.

The runs need an interpreter that has torch: this one, or the one that the environment variable TORCH_PYTHON names.
"""

import importlib.util
import json
import os
import re
import subprocess
import sys

import numpy as np
import pytest

from speedup import OPTIMIZERS, simulate, train
from speedup.export.script import filename, race_script, training_script
from tests.script_cases import NETWORKS, RACES, follows, network, race

PYTHON = sys.executable if importlib.util.find_spec("torch") else os.environ.get("TORCH_PYTHON")
needs_torch = pytest.mark.skipif(not PYTHON, reason="no torch here, and TORCH_PYTHON names no interpreter that has it")
RUN_ALL = """
import contextlib, io, json, runpy, sys
printed = []
for file in sys.argv[1:]:
    with contextlib.redirect_stdout(io.StringIO()) as text:
        runpy.run_path(file, run_name="__main__")
    printed.append(text.getvalue())
print(json.dumps(printed))
"""
NUMBER = r"(-?[\d.]+(?:e[-+]\d+)?|nan|-?inf)"


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    """{case: what its script prints}, all run by one interpreter, since torch takes seconds to import."""
    folder, files = tmp_path_factory.mktemp("scripts"), {}
    for make, cases in (
        (lambda query: race_script(race(query)), RACES),
        (lambda query: training_script(network(query)), NETWORKS),
    ):
        for name, query in cases.items():
            files[name] = folder / f"{len(files)}.py"
            files[name].write_text(make(query), "utf-8")
    done = subprocess.run(
        [PYTHON, "-c", RUN_ALL, *map(str, files.values())],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"OMP_NUM_THREADS": "1"},
    )  # a few numbers: threads would only slow it down
    assert done.returncode == 0, done.stderr
    return dict(zip(files, json.loads(done.stdout), strict=True))


def numbers(line, names):
    """{name: number} of a printed line."""
    return {name: float(re.search(rf"\b{name} = {NUMBER}", line)[1]) for name in names}


def close(found, ours):
    """The same six digits, but for the last of them and for what is as good as 0 beside the numbers it comes from."""
    return np.isclose(found, ours, rtol=1e-5, atol=1e-9, equal_nan=True)


@needs_torch
@pytest.mark.parametrize("name", RACES)
def test_a_race_prints_its_end(printed, name):
    found, run = follows(race_script(race(RACES[name]))), simulate(race(RACES[name]).race)
    assert all(found) or name.endswith("at first")
    lines = printed[name].splitlines()
    assert len(lines) == len(run.spec.lanes)
    for i, line in enumerate(lines):
        assert line.startswith(f"{i + 1} {OPTIMIZERS[run.spec.lanes[i].optimizer].label}: ")
        if not found[i]:
            continue
        if run.diverged[i] >= 0:
            assert line.endswith(f": diverged, step {run.diverged[i]}")
            continue
        end = numbers(line, ("x", "y", "loss"))
        assert all(close(one, ours) for one, ours in zip(end.values(), run.paths[i, -1], strict=True)), (line, run.paths[i, -1])
        step = re.search(r"(?:arrived|escaped), step (\d+)$", line)
        assert (int(step[1]) if step else -1) == run.arrived[i]


@needs_torch
@pytest.mark.parametrize("name", NETWORKS)
def test_a_training_prints_its_end(printed, name):
    run = train(network(NETWORKS[name]).run)
    assert all(follows(training_script(network(NETWORKS[name]))))
    lines = printed[name].splitlines()
    assert len(lines) == len(run.spec.lanes)
    classes, held_out = run.spec.net.task == "classification", run.spec.test > 0
    for i, line in enumerate(lines):
        assert line.startswith(f"{i + 1} {OPTIMIZERS[run.spec.lanes[i].optimizer].label}: ")
        if run.diverged[i] >= 0:
            assert line.endswith(f": diverged, step {run.diverged[i]}")
            continue
        here, _, test = line.partition("; test: ")
        assert bool(test) == held_out and ("accuracy" in line) == classes
        for text, ours in ((here, run.train_loss), (test, run.test_loss))[: 1 + held_out]:
            assert close(numbers(text, ["loss"])["loss"], ours[i, -1]), (line, ours[i, -1])
        for text, ours in ((here, run.train_accuracy), (test, run.test_accuracy))[: (1 + held_out) * classes]:
            assert close(numbers(text, ["accuracy"])["accuracy"], ours[i, -1])


@needs_torch
def test_it_runs_as_it_is(printed, tmp_path):
    """Of a language with other letters, too, in a process and a folder of its own."""
    file = tmp_path / filename(race(""))
    file.write_text(race_script(race(""), "zh"), "utf-8")
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")} | {"PYTHONUTF8": "1"}
    done = subprocess.run([PYTHON, file.name], cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8", check=True)
    assert re.findall(NUMBER, done.stdout) == re.findall(NUMBER, printed["the first scene"]) and not done.stderr
