"""The server's own addresses: what they answer, how it may be kept, and every kind of bad input."""

import gzip
import statistics
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from speedup import SURFACES
from speedup.web.assets import PLOTLY, STATIC
from speedup.web.assets import assets as served
from speedup.words import i18n

GZIP = {"accept_encoding": "gzip, deflate, br"}
LINK = "/api/python?page=surfaces&surface=long_valley,condition:50,angle:30"


@pytest.fixture(scope="session")
def assets(server):
    """The folder of the assets, as the server's own hash names it."""
    from speedup.web.assets import version

    return f"/assets/{version()}"


def seconds(work):
    """The shortest of three times that work() took."""
    times = []
    for _ in range(3):
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    return min(times)


def little(server):
    """Seconds of an answer that costs the server next to nothing: what times are compared with on a machine of any pace."""
    return seconds(lambda: server.ask("/api/data?dataset=xor", if_none_match="*"))


def test_an_answer_is_kept_and_gzipped(server, assets):
    plain, zipped = server.ask(LINK), server.ask(LINK, **GZIP)
    assert "content-encoding" not in plain.headers and zipped.headers["content-encoding"] == "gzip"
    assert gzip.decompress(zipped.body) == plain.body and len(zipped.body) < len(plain.body)
    assert zipped.headers["vary"] == "Accept-Encoding" and "max-age=86400" in zipped.headers["cache-control"]
    versioned = server.ask(f"{LINK}&version={assets.split('/')[-1]}", **GZIP)
    assert versioned.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert versioned.body == zipped.body


@pytest.mark.parametrize("encoding", ["", "identity", "br", "*"])
def test_nothing_is_gzipped_unasked(server, encoding):
    assert "content-encoding" not in server.ask(LINK, accept_encoding=encoding).headers


@pytest.mark.parametrize("encoding", ["gzip", "gzip;q=0.5", "br, gzip"])
def test_etag_saves_the_body(server, encoding):
    first = server.ask(LINK, accept_encoding=encoding)
    again = server.ask(LINK, accept_encoding=encoding, if_none_match=f'"other", W/{first.headers["etag"]}')
    assert first.headers["content-encoding"] == "gzip" and first.headers["etag"].startswith('"')
    assert again.status == 304 and not again.body and again.headers["etag"] == first.headers["etag"]
    assert server.ask(LINK, accept_encoding=encoding, if_none_match='"other"').body == first.body
    assert server.ask(LINK, if_none_match=first.headers["etag"]).status == 200  # plain bytes differ


def test_head_has_no_body(server, assets):
    for path in LINK, f"{assets}/speedup.js":
        get, head = server.ask(path, **GZIP), server.ask(path, "HEAD", **GZIP)
        assert head.status == 200 and not head.body
        for name in "content-length", "content-type", "content-encoding", "etag", "cache-control":
            assert head.headers[name] == get.headers[name]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_nothing_can_be_written(server, assets, method):
    for path in LINK, f"{assets}/speedup.js":
        assert server.ask(path, method).status == 405


def test_assets(server, assets):
    types = {"speedup.js": "text/javascript; charset=utf-8", "speedup.css": "text/css; charset=utf-8"}
    types |= {"kernels.wasm": "application/wasm", "plotly.min.js": "text/javascript; charset=utf-8"}
    types |= dict.fromkeys((f"tables.{one}.json" for one in i18n.LANGUAGES), "application/json")
    assert set(types) == set(served())
    for name, media_type in types.items():
        answer = server.ask(f"{assets}/{name}", **GZIP)
        assert answer.status == 200 and answer.headers["content-type"] == media_type
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert answer.headers["content-encoding"] == "gzip"
        assert gzip.decompress(answer.body) == server.ask(f"{assets}/{name}").body
    assert server.ask(f"{assets}/kernels.wasm").body.startswith(b"\0asm")
    assert server.ask(f"{assets}/plotly.min.js").body == PLOTLY.read_bytes()


def test_styles_are_one_sheet(server, assets):
    """Every style sheet is in it, in its place."""
    text = server.ask(f"{assets}/speedup.css").body.decode()
    assert "@import" not in text
    assert all(file.read_text("utf-8") in text for file in STATIC.rglob("*/*.css"))


def test_tables_hold_every_row_without_kernels(server, assets):
    tables = server.ask(f"{assets}/tables.en.json").json()["tables"]
    assert list(tables["surfaces"]) == list(SURFACES)
    for row in [*tables["surfaces"].values(), *tables["optimizers"].values()]:
        assert {"name", "label"} <= set(row) and "kernel" not in row


def test_words_are_those_of_the_locale(server, assets):
    for lang in i18n.LANGUAGES:
        assert server.ask(f"{assets}/tables.{lang}.json").json()["words"] == i18n.words(lang)


LONG = "a" * 5000
BAD = [
    ("surface=", "surface"),
    ("surface=nowhere", "surface"),
    (f"surface={LONG}", "surface"),
    (f"surface=beale&view={LONG}", "view"),
    (f"surface=beale&{LONG}=1", "a" * 60),
    ("surface=beale&view=4d", "view"),
    ("surface=beale&view=", "view"),
    ("surface=beale&unknown=1", "unknown"),
    ("surface=beale&surface=beale", "surface"),
    ("surface=beale" + "&steps=30" * 500, "steps"),
    ("surface=beale" + "&x=1" * 500, "x"),
    ("surface=beale,condition:5", "surface"),
    ("surface=long_valley,condition", "surface"),
    ("surface=long_valley,condition:5,condition:6", "surface"),
    ("surface=long_valley" + ",condition:5" * 500, "surface"),
    *((f"surface=long_valley,condition:{value}", "surface") for value in
      ("inf", "-inf", "nan", "1e999", "-1", "0", "1e12", "", "%20", "abc", "1_0", "0x10", "%D9%A3", "5;6", LONG)),
    ("surface=%00", "surface"),
    ("surface=%FF%FE", "surface"),
    ("surface=beale%0d%0aSet-Cookie:x", "surface"),
    ("surface=../../etc/passwd", "surface"),
    ("surface=beale&version=" + LONG, "version"),
    ("&".join(f"p{i}=1" for i in range(500)), "p0"),
]  # fmt: skip


@pytest.mark.parametrize("query, field", BAD, ids=[query[:40] for query, _ in BAD])
def test_bad_queries_are_refused_at_once(server, query, field):
    path = f"/api/python?page=surfaces&{query}"
    answer = server.ask(path)
    assert answer.status == 400 and set(answer.json()) == {"error", "field"}
    assert answer.json()["field"].split()[0] == field[:60] or answer.json()["field"].startswith(field[:40])
    assert answer.json()["error"] and len(answer.body) < 700
    assert answer.headers["cache-control"] == "no-store"
    assert seconds(lambda: server.ask(path)) < 10 * little(server)


@pytest.mark.parametrize(
    "path",
    [
        "/assets/0123456789abcdef/stage/stage.js",
        "/assets/{version}/nothing.js",
        "/assets/{version}/",
        "/assets/{version}",
        "/assets/",
        "/assets/{version}/../../app.py",
        "/assets/{version}/%2e%2e%2f%2e%2e%2fapp.py",
        "/assets/{version}/..%5c..%5capp.py",
        "/assets/{version}/static/stage/stage.js",
        "/assets/{version}//etc/passwd",
        "/assets/{version}/stage.js%00",
        "/api/",
        "/api/nothing",
        "/api/data/",
        "/api/data/more",
    ],
)
def test_whatever_is_not_there(server, assets, path):
    answer = server.ask(path.format(version=assets.split("/")[-1]), **GZIP)
    assert answer.status in (400, 404) and b"import" not in answer.body and b"<html" not in answer.body


def test_an_old_version_is_not_there(server):
    answer = server.ask("/assets/0123456789abcdef/stage/stage.js")
    assert answer.status == 404 and set(answer.json()) == {"error", "field"}
    assert answer.headers["cache-control"] == "no-store"


NET = "dataset=spiral&samples=500&hidden=32,32&activation=tanh&batch=8&steps=395" + "&lane=adam" * 8
HEAVY = {"python": f"page=network&{NET}&seed={{}}", "qr": "link=http://a/{:x<2940}", "page": f"page=network&{NET}&seed={{}}"}


@pytest.mark.parametrize("kind, query", HEAVY.items(), ids=list(HEAVY))
@pytest.mark.long
def test_heavy_answers_delay_nobody_else(server, kind, query):
    """Whoever asks for little waits less than one of them takes."""
    count = 20
    with ThreadPoolExecutor(count) as pool:
        first = time.perf_counter()
        asked = [pool.submit(server.ask, f"/api/{kind}?{query.format(i)}") for i in range(count)]
        delays = []
        while not all(one.done() for one in asked):
            begun = time.perf_counter()
            assert server.ask("/api/data?dataset=xor", if_none_match="*").status == 304
            delays.append(time.perf_counter() - begun)
        assert {one.result().status for one in asked} == {200}
        whole = time.perf_counter() - first
    assert statistics.median(delays) < whole / count
    assert seconds(lambda: server.ask(f"/api/{kind}?{query.format(0)}")) < 10 * little(server)  # it is kept
