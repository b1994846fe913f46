"""What every answer of the server has, whoever asks for what; and who is not answered."""

import gzip
import http.client
import socket

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from speedup.web import hosts
from tests.servers import running

STATIC = "/static/js/index"
PATHS = ["/", "/network", "/nothing", "/_stcore/health", "/_stcore/host-config", "/_stcore/metrics", "/api/data?dataset=xor",
         "/api/data?dataset=no", "/api/nothing", "/assets/0/stage/stage.js", "/favicon.png", "//x/y", "/%00", "/static/nothing.js",
         "/media/nothing", "/component/nothing", "/_stcore/bidi-components/nothing", "/_stcore/agent/mcp", "/x/"]  # fmt: skip


def raw(server, request):
    """The status and the headers [(name, value)] that a server answers bytes with."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as one:
        one.sendall(request)
        answer = http.client.HTTPResponse(one)
        answer.begin()
        return answer.status, [(name.lower(), value) for name, value in answer.getheaders()]


def check(headers):
    names = [name for name, _ in headers]
    for name in ("content-security-policy", "referrer-policy", "x-content-type-options"):
        assert names.count(name) == 1, name
    assert names.count("vary") <= 1
    assert "frame-ancestors 'self'" in dict(headers)["content-security-policy"]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "POST", "BREW"])
def test_every_answer_has_the_headers(server, path, method):
    host = f"Host: 127.0.0.1:{server.port}\r\nAccept-Encoding: gzip\r\n"
    status, headers = raw(server, f"{method} {path} HTTP/1.1\r\n{host}\r\n".encode())
    check(headers)
    assert "vary" in dict(headers) and status < 500
    assert status == 405 or method not in ("POST", "BREW")


@pytest.mark.parametrize(
    "request_",
    [
        b"nonsense\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/9\r\n\r\n",
        b"\x16\x03\x01\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a b\x00\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost:a\r\n" + b"x: " + b"y" * 99_999,
    ],
)
def test_what_is_no_http_is_refused_with_the_headers(server, request_):
    status, headers = raw(server, request_)
    assert status == 400
    check(headers)


def test_a_refused_handshake_has_the_headers(server):
    for path, origin in (("/nothing", None), ("/_stcore/stream", "http://elsewhere.example")):
        with pytest.raises(InvalidStatus) as refused:
            connect(f"ws://127.0.0.1:{server.port}{path}", origin=origin)
        assert refused.value.response.status_code in (403, 404)
        check([(name.lower(), value) for name, value in refused.value.response.headers.raw_items()])


def test_only_names_of_this_machine_are_served(server):
    for name in ("localhost", "127.0.0.1", "LOCALHOST.", f"localhost:{server.port}", "[::1]:80"):
        assert server.ask("/_stcore/health", host=name).status == 200
    for name in (
        "evil.example",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "192.0.2.9",
        "localhost:80:80",
        "a b",
        "[::1",
        "@localhost",
    ):
        answer = server.ask("/_stcore/health", host=name)
        assert answer.status == 403 and answer.json()["field"] == "host"
    upgrade = "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
    assert raw(server, f"GET /_stcore/stream HTTP/1.1\r\nHost: evil.example\r\n{upgrade}\r\n".encode())[0] == 403


@pytest.mark.long
def test_other_names_and_frames_by_settings():
    settings = {"HOST": "0.0.0.0", "ALLOWED_HOSTS": "class.example.org, *.example.net", "METRICS": "1",
                "FRAME_ANCESTORS": "'self' https://moodle.example.org"}  # fmt: skip
    with running(**settings) as server:
        name = socket.gethostname()
        for host in (
            "localhost",
            name,
            f"{name.split('.')[0]}.local",
            "192.0.2.9",
            "[2001:db8::1]:8501",
            "class.example.org",
            "a.example.net",
        ):
            assert server.ask("/_stcore/health", host=host).status == 200, host
        for host in ("evil.example", "example.net", f"{name}.evil.example", "a.example.net.evil.example"):
            assert server.ask("/_stcore/health", host=host).status == 403, host
        answer = server.ask("/_stcore/metrics")
        assert answer.status == 200
        assert "frame-ancestors 'self' https://moodle.example.org" in answer.headers["content-security-policy"]


def test_measures_are_nobody_s_business(server):
    assert server.ask("/_stcore/metrics").status == 404


def test_streamlit_s_scripts_come_gzipped(server):
    page = server.ask("/").body.decode()
    script = page[page.index(STATIC) :].split('"')[0]
    plain, zipped = server.ask(script), server.ask(script, accept_encoding="gzip")
    assert gzip.decompress(zipped.body) == plain.body and len(zipped.body) < 0.4 * len(plain.body)
    for answer in plain, zipped:
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert answer.headers["vary"] == "Accept-Encoding" and answer.headers["content-type"].startswith("text/javascript")
    assert plain.headers["etag"] != zipped.headers["etag"]
    assert server.ask(script, accept_encoding="gzip", if_none_match=zipped.headers["etag"]).status == 304
    assert server.ask("/").headers["cache-control"] == "no-cache"


def test_names_are_taken_apart():
    assert [hosts._name(one) for one in ("A.B:80", "a.", "[::1]", "[::1]:8", "a:b", "", "x" * 300)] == [
        "a.b",
        "a",
        "::1",
        "::1",
        "",
        "",
        "",
    ]
