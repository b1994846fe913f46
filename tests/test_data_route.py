"""The datasets as the server hands them out: safetensors, the same as the library's, and every kind of bad input."""

import numpy as np
import pytest
from safetensors.numpy import load

from speedup import DATASETS, datasets
from tests.test_routes import seconds

LINK = "/api/data?dataset={}&samples=60&noise=0.25&test=0.2&seed=9"


@pytest.mark.parametrize("name", DATASETS)
def test_every_dataset(server, name):
    answer = server.ask(LINK.format(name))
    assert answer.status == 200
    tensors, row = load(answer.body), DATASETS[name]
    inputs, targets, is_test = datasets.make(name, 60, 0.25, 0.2, 9)
    assert all(tensor.dtype == np.float64 for tensor in tensors.values())
    assert tensors["train"].tolist() == [48] and tensors["inputs"].shape == (60, len(row.domain))
    for part, mask in ((slice(48), ~is_test), (slice(48, None), is_test)):
        assert np.array_equal(tensors["inputs"][part], inputs[mask])
        assert np.array_equal(tensors["targets"][part], targets[mask])
    assert ("curve" in tensors) == (row.task == "regression")
    if row.truth:
        x, y = tensors["curve"].T
        assert x[[0, -1]].tolist() == list(row.domain[0]) and np.array_equal(y, row.truth(x))


def test_it_is_a_pure_function_of_its_address_and_kept(server):
    link = LINK.format("spiral")
    first, again = server.ask(link), server.ask(link)
    assert first.body == again.body and "max-age" in first.headers["cache-control"]
    assert server.ask(link, if_none_match=first.headers["etag"]).status == 304
    others = [link.replace(*change) for change in (("60", "61"), ("0.25", "0.3"), ("test=0.2", "test=0"), ("seed=9", "seed=8"))]
    assert len({first.body, *(server.ask(other).body for other in others)}) == 5


def test_what_is_left_out_is_the_tutorial_s(server):
    whole = "/api/data?dataset=parabola&samples=1000&noise=0.1&test=0&seed=0"
    assert server.ask("/api/data?dataset=parabola").body == server.ask(whole).body


LONG = "9" * 5000
BAD = [
    ("", "dataset"), ("dataset=nothing", "dataset"), ("dataset=", "dataset"), (f"dataset={LONG}", "dataset"),
    ("dataset=xor&dataset=xor", "dataset"), ("dataset=xor&steps=5", "steps"), ("dataset=xor&lane=sgd", "lane"),
    ("dataset=xor" + "&samples=50" * 500, "samples"), ("dataset=xor&version=" + LONG, "version"),
    *((f"dataset=xor&samples={value}", "samples") for value in ("9", "2001", "-1", "1.5", "nan", "inf", "1e999", "", LONG)),
    *((f"dataset=xor&noise={value}", "noise") for value in ("-0.1", "1.1", "nan", "inf", "abc")),
    *((f"dataset=xor&test={value}", "test") for value in ("-0.1", "0.6", "nan")),
    *((f"dataset=xor&seed={value}", "seed") for value in ("-1", "1e12", "0.5", "%D9%A3")),
]  # fmt: skip


@pytest.mark.parametrize("query, field", BAD, ids=[query[:40] for query, _ in BAD])
def test_bad_queries_are_refused_at_once(server, query, field):
    answer = server.ask(f"/api/data?{query}")
    assert answer.status == 400 and set(answer.json()) == {"error", "field"}
    assert answer.json()["field"] == field and len(answer.body) < 700
    assert seconds(lambda: server.ask(f"/api/data?{query}")) < 0.05
