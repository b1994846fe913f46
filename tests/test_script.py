"""A scene as a Python script: it stands alone, and run with PyTorch it prints the numbers that the scene ends with.

The runs need an interpreter that has torch: this one, or the one that the environment variable TORCH_PYTHON names.
"""

import ast
import builtins
import gzip
import importlib.util
import json
import os
import re
import subprocess
import sys
from urllib.parse import parse_qsl

import numpy as np
import pytest

from speedup import DATASETS, OPTIMIZERS, SURFACES, simulate, train
from speedup.export.rules import own_rules
from speedup.export.script import filename, race_script, training_script
from speedup.network.shape import ACTIVATIONS, INITS
from speedup.scenes import network_scene, surfaces_scene
from speedup.words import i18n
from tests.golden.cases import DIVERGING, SETTINGS, UNCORRECTED, VARIANTS, rates
from tests.test_routes import seconds

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


def lane(optimizer, **h):
    return "&lane=" + ",".join([optimizer, *(f"{name}:{value!r}" for name, value in h.items())])


def settled(surface):
    """Every optimizer on a surface, along paths that rounding doesn't move: those of golden.json."""
    (x, y), params, _, _ = SETTINGS[surface]
    name = ",".join([surface, *(f"{key}:{value}" for key, value in params.items())])
    return f"surface={name}&start={x},{y}&steps=90" + "".join(lane(one, lr=lr) for one, lr in rates(surface).items())


def varied():
    """Every hyperparameter changed."""
    lr = rates("beale")
    lanes = [lane(name, **{"lr": lr[name]} | h) for name, variants in VARIANTS.items() for h in variants]
    lanes += [lane(name, **{"lr": lr[name]} | h | {"bias_correction": 0}) for name, h in UNCORRECTED.items()]
    lanes += [lane(name, lr=lr[name], momentum=0.0) for name in ("momentum", "nesterov")]
    for i in range(0, len(lanes), 12):
        yield f"surface=beale&start=1,1.5&steps=90{''.join(lanes[i : i + 12])}"


WHOLE = [  # hyperparameters that are whole numbers
    *(f"{name},lr:0.01,{zero}" for name in ("adam", "amsgrad", "adamw", "adamax", "nadam") for zero in ("beta1:0", "beta2:0")),
    "adam,lr:1,beta1:0,beta2:0,eps:1",
    "lion,lr:1,beta1:0,beta2:0",
    "sgd,lr:1,weight_decay:1",
    "momentum,lr:1,momentum:0",
    "nesterov,lr:1,momentum:0",
    "rmsprop,lr:1,rho:0,eps:1",
    "adadelta,lr:1,rho:0,eps:1",
    "adagrad,lr:1,eps:1",
]
WHOLE = ["".join(f"&lane={one}" for one in part) for part in (WHOLE[:9], WHOLE[9:])]
EVERY = "".join(lane(name, lr=lr / 4) for name, lr in rates("long_valley").items())
RACES = {
    **{surface: settled(surface) for surface in SETTINGS},
    "plateau": "surface=plateau&start=-0.4,1.8&steps=200" + "".join(lane(name, lr=0.01) for name in OPTIMIZERS),
    **{f"changed {i}": query for i, query in enumerate(varied())},
    **{
        f"diverging {i}": f"surface={surface}&start={x},{y}&steps={steps}" + lane(name, lr=lr)
        for i, (surface, (x, y), steps, name, lr) in enumerate(DIVERGING)
    },
    "noise": f"surface=long_valley,condition:20,angle:30&noise=3&seed=2147483647&steps=150{EVERY}",
    "noise and waves": "surface=levy13&noise=0.5&seed=5&steps=100" + lane("sgd", lr=0.001) + lane("adam", lr=0.01),
    **{f"whole numbers {i}": f"surface=beale&start=1,1&steps=20{query}" for i, query in enumerate(WHOLE)},
    "no slope": "surface=ackley&start=0,0&steps=9" + lane("sgd", lr=0.1) + lane("adam", lr=0.1, eps=0.0),
    "nothing is divided": "surface=saddle&start=1,0&steps=9" + lane("adagrad", lr=0.1, eps=0.0) + lane("lion", lr=0.1),
    "the first scene": "",
    **{f"{surface} at first": f"surface={surface}" for surface in SURFACES},
}

SMALL = "samples=60&test=0.2&batch=9&steps=60&seed=3"
ALL = "".join(lane(name, lr=0.01) for name in OPTIMIZERS)
CHANGES = "".join(
    f"&change={one}"
    for one in (
        "0,1,lr,0.2",
        "20,1,lr,0.02",
        "30,1,weight_decay,0.1",
        "30,2,momentum,0.9",
        "20,3,momentum,0",
        "40,3,momentum,0.5",
        "0,4,beta1,0.5",
        "25,4,beta2,0.9",
        "10,5,beta1,0.7",
        "10,6,eps,0.1",
        "30,6,rho,0.5",
        "15,7,bias_correction,0",
        "20,8,rho,0.5",
        "33,9,weight_decay,0.2",
        "33,9,lr,0.02",
        "12,10,beta1,0.5",
    )
)
CHANGED = ["sgd", "momentum,momentum:0", "nesterov", "nadam", "adam", "rmsprop", "adamax", "adadelta", "adamw", "lion"]
NETWORKS = {
    "tutorial": "",
    "own batches": f"dataset=parabola&{SMALL}&lane=sgd,lr:0.1,batch:48&lane=adam,lr:0.01,batch:7&lane=sgd,lr:0.1",
    "changes": f"dataset=moons&{SMALL}" + "".join(f"&lane={one}" for one in CHANGED) + CHANGES,
    **{f"trained whole numbers {i}": f"dataset=gaussians&{SMALL}{query}&change=5,1,lr,1" for i, query in enumerate(WHOLE)},
    "diverging": "dataset=parabola&steps=100&lane=sgd,lr:9&lane=sgd,lr:0.01&lane=momentum,lr:2",
    "no hidden units": f"dataset=gaussians&{SMALL}&hidden=none{ALL}",
    "seed": f"dataset=step&{SMALL}".replace("seed=3", "seed=2147483647") + ALL,
    **{
        f"{dataset} {activation} {init}": f"dataset={dataset}&{SMALL}&hidden=6,5&activation={activation}&init={init}{ALL}"
        for dataset, activation, init in zip(DATASETS, (*ACTIVATIONS[1:], *ACTIVATIONS[1:], "relu", "relu"), INITS * 2)
    },
}


def race(query):
    found, problems = surfaces_scene.read_scene(parse_qsl(query))
    assert not problems
    return found


def network(query):
    found, problems = network_scene.read_scene(parse_qsl(query))
    assert not problems
    return found


def check_it_stands_alone(text):
    """It is Python, imports what PyTorch's users have, and takes no name that it hasn't."""
    tree = ast.parse(text)
    compile(text, "script", "exec")
    imported = [node for node in ast.walk(tree) if isinstance(node, (ast.Import, ast.ImportFrom))]
    modules = {getattr(node, "module", None) or node.names[0].name for node in imported}
    assert modules <= {"torch", "numpy", "math", "collections", "functools", "types"} and "torch" in modules
    known = {alias.asname or alias.name for node in imported for alias in node.names} | set(dir(builtins))
    known |= {node.name for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.ClassDef))}
    known |= {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}
    names = [node for node in ast.walk(tree) if isinstance(node, ast.Name)]
    known |= {node.id for node in names if isinstance(node.ctx, ast.Store)}
    assert {node.id for node in names} <= known
    unused = {alias.asname or alias.name for node in imported for alias in node.names} - {node.id for node in names}
    assert not unused


@pytest.mark.parametrize("lang", i18n.LANGUAGES)
@pytest.mark.parametrize("query", RACES.values(), ids=RACES)
def test_a_race_gives_a_script(query, lang):
    check_it_stands_alone(race_script(race(query), lang))


@pytest.mark.parametrize("lang", i18n.LANGUAGES)
@pytest.mark.parametrize("query", NETWORKS.values(), ids=NETWORKS)
def test_a_training_gives_a_script(query, lang):
    check_it_stands_alone(training_script(network(query), lang))


def test_the_cases_are_all_there_are():
    assert {race(query).race.surface for query in RACES.values()} == set(SURFACES)
    runs = [network(query).run for query in NETWORKS.values()]
    for name, all_of_them in (("dataset", DATASETS), ("activation", ACTIVATIONS), ("init", INITS)):
        assert {getattr(run, name) for run in runs} == set(all_of_them)
    lanes = [one for query in RACES.values() for one in race(query).lanes]
    assert {one.optimizer for one in lanes} == {one.optimizer for run in runs for one in run.lanes} == set(OPTIMIZERS)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_a_rule_of_ours_takes_all_weights_at_once(name):
    """What a kernel chooses for one weight has to be chosen for each: `torch.where`."""
    text = own_rules([name])
    updates = text[text.index(f"def {name}(") : text.index("class Rule")]
    assert not [node for node in ast.walk(ast.parse(updates)) if isinstance(node, (ast.If, ast.IfExp, ast.While))]


def test_it_says_where_rounding_decides():
    """SGD and Momentum circle around the tip of Ackley's cone, where the slope jumps; everybody walks down a valley alike."""
    assert follows(race_script(race("surface=ackley"))) == [False, False, True, True, True]
    assert sum(not all(follows(race_script(race(f"surface={surface}")))) for surface in SURFACES) <= len(SURFACES) // 4
    spirals = "dataset=spiral&samples=400&hidden=8,8&activation=tanh&batch=20&steps=1500"
    assert follows(training_script(network(f"{spirals}&lane=momentum,lr:0.5&lane=sgd,lr:0.01"))) == [False, True]


LONG_MOONS = "dataset=moons&noise=0.3&samples=500&hidden=16,16&activation=tanh&steps={}".format


def test_it_says_so_of_a_long_training():
    long = network(LONG_MOONS(1600) + "&lane=adam,lr:0.1" * 7)
    assert long.run.work > 1e8 and follows(training_script(long)) == [False] * 7


@pytest.mark.parametrize("lang", i18n.LANGUAGES)
def test_it_says_where_it_was_not_looked_into(lang):
    said = i18n.text(lang, "script.unchecked")
    longest = training_script(network(f"{LONG_MOONS(9000)}&batch=500&lane=adam,lr:0.1"), lang)
    check_it_stands_alone(longest)
    assert said in longest and all(follows(longest)) and said not in training_script(network(LONG_MOONS(1600)), lang)


@pytest.mark.parametrize(
    "text",
    [
        make(query)
        for query in WHOLE
        for make in (
            lambda query: race_script(race(f"surface=beale{query}")),
            lambda query: training_script(network(f"dataset=xor{query}")),
        )
    ],
)
def test_hyperparameters_are_floats(text):
    """torch.optim refuses betas=(0, 0.999)."""
    calls = [
        node
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call) and re.match(r"torch.optim|Rule$", ast.unparse(node.func))
    ]
    values = [
        one for call in calls for keyword in call.keywords for one in ast.walk(keyword.value) if isinstance(one, ast.Constant)
    ]
    assert values and all(type(one.value) in (float, bool) for one in values)


def test_its_name_tells_what_it_is():
    assert filename(race("surface=beale")) == "speedup-beale.py"
    assert filename(network("dataset=spiral")) == "speedup-spiral.py"


def test_it_can_be_downloaded(server):
    for page, query, ours in (
        ("surfaces", RACES["noise"], race_script(race(RACES["noise"]))),
        ("network", NETWORKS["changes"], training_script(network(NETWORKS["changes"]))),
    ):
        answer = server.ask(f"/api/python?page={page}&{query}")
        assert answer.status == 200 and answer.body.decode() == ours
        assert answer.headers["content-type"] == "text/x-python; charset=utf-8"
        name = {"surfaces": "long_valley", "network": "moons"}[page]
        assert answer.headers["content-disposition"] == f'attachment; filename="speedup-{name}.py"'
    chinese = server.ask("/api/python?page=surfaces&surface=saddle&view=3d&chosen=2&lang=zh", accept_encoding="gzip")
    assert gzip.decompress(chinese.body).decode() == race_script(race("surface=saddle"), "zh")


LONG = "9" * 5000
BAD = [
    ("", "page"), ("page=lesson", "page"), ("page=surfaces&page=network", "page"), (f"page={LONG}", "page"),
    ("page=surfaces&lang=xx", "lang"), ("page=surfaces&lang=en&lang=zh", "lang"), (f"page=surfaces&zz{LONG}=1", "zz" + LONG[:38]),
    ("page=surfaces&dataset=xor", "dataset"), ("page=network&surface=beale", "surface"),
    ("page=surfaces" + "&zzz=1" * 500, "zzz"), ("page=surfaces" + "&steps=9" * 2, "steps"), ("page=surfaces" + "&lane=sgd" * 13, "lane"),
    *((f"page=surfaces&{field}={value}", field) for field, value in (
        ("surface", "nowhere"), ("start", "99,99"), ("steps", "2001"), ("steps", LONG), ("noise", "nan"), ("seed", "-1"),
        ("lane", "adamm"), ("view", "4d"), ("off", "9"), ("chosen", "0"))),
    ("page=surfaces&lane=sgd,lr:inf", "lane sgd lr"), ("page=surfaces&lane=sgd,batch:5", "lane sgd"),
    *((f"page=network&{field}={value}", field) for field, value in (
        ("dataset", "nowhere"), ("samples", "9"), ("hidden", "8,8,8,8"), ("activation", "selu"), ("init", "ones"),
        ("batch", "0"), ("steps", "10001"), ("test", "0.6"), ("curve", "none"))),
    ("page=network&change=1,1,lr", "change"), ("page=network&change=0,9,lr,1", "change lane"),
    ("page=network&hidden=32,32,32&samples=2000&batch=2000&steps=10000", "work"),
]  # fmt: skip


@pytest.mark.parametrize("query, field", BAD, ids=[query[:50] for query, _ in BAD])
def test_bad_queries_are_refused_at_once(server, query, field):
    answer = server.ask(f"/api/python?{query}")
    assert answer.status == 400 and set(answer.json()) == {"error", "field"}
    assert answer.json()["field"] == field and answer.json()["error"] and len(answer.body) < 700
    assert answer.headers["cache-control"] == "no-store"
    assert seconds(lambda: server.ask(f"/api/python?{query}")) < 0.05


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


def follows(text):
    """For each lane of a script, whether it isn't said there that rounding decides where it ends."""
    return [i18n.text("en", "script.rounding") not in line for line in re.findall(r".*lambda w.*", text)]


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
