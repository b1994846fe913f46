"""A scene as a Python script: it stands alone, and run with PyTorch it prints the numbers that the scene ends with.

The runs need an interpreter that has torch: this one, or the one that the environment variable TORCH_PYTHON names.
"""

import ast
import builtins
import gzip
import re

import pytest

from speedup import DATASETS, OPTIMIZERS, SURFACES
from speedup.export.rules import own_rules
from speedup.export.script import filename, race_script, training_script
from speedup.network.shape import ACTIVATIONS, INITS
from speedup.words import i18n
from tests.script_cases import NETWORKS, RACES, WHOLE, follows, network, race
from tests.test_routes import seconds


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
