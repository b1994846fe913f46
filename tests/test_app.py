"""The server's ways to start: `python app.py`, `streamlit run app.py`, base paths, and what may be wrong."""

import http.client
import os
import socket
import subprocess
import sys
import time
import tomllib
from pathlib import Path

import pytest

from speedup.kernels import native
from speedup.web import server as web_server
from tests.servers import PYTHON_APP, ROOT, free_port, running
from tests.test_share_route import check_that_nobody_else_comes_in, check_that_others_come_in
from tests.visits import visiting

pytestmark = pytest.mark.long

STREAMLIT_RUN = (sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py"), "--server.port", "{port}")
BASE = "/class/room-1"


def check_all_parts(server):
    """The page, Streamlit's own addresses and ours, below the base path and nowhere else."""
    assert b"<title>" in server.ask("/").body
    assert server.ask("/_stcore/health").body == b"ok"
    assert server.ask("/api/data?dataset=xor").body
    assert server.ask("/assets/0123456789abcdef/stage/stage.js").json()["field"] == "version"
    if server.base:
        base, server.base = server.base, ""
        assert server.ask("/api/data?dataset=xor").status == 404
        server.base = base


def test_python_app(server):
    check_all_parts(server)
    assert f"http://127.0.0.1:{server.port}/" in server.printed
    assert "HOST=0.0.0.0 make run" in server.printed
    assert f"preparing kernels: {next(iter(native.load_entries()))}, 1 of " in server.printed
    assert "Traceback" not in server.printed


def test_python_app_for_a_class_under_a_base_path_from_another_folder(tmp_path):
    """And Ctrl-C ends it quietly."""
    with running(base=BASE, cwd=tmp_path, HOST="0.0.0.0", STREAMLIT_SERVER_BASE_URL_PATH=BASE.strip("/") + "/") as server:
        check_all_parts(server)
        check_that_others_come_in(server)
        assert "for the class: http://" in server.printed
        assert f"http://127.0.0.1:{server.port}{BASE}/" in server.printed
        assert server.stop() == 0
        assert "Traceback" not in server.printed and "Error" not in server.printed


def test_it_serves_while_kernels_are_compiled_and_ends_at_once(tmp_path):
    """What compiles for it ends with it."""
    with running(XDG_CACHE_HOME=str(tmp_path), LOCALAPPDATA=str(tmp_path)) as server:
        check_all_parts(server)
        assert server.ask("/play?page=network").status == 200
        with visiting(server, "steps=300") as visit:
            assert "steps=40" in visit.rerun(steps=40).address
        assert "compiling kernels" in server.printed and "ready" not in server.printed.partition("  ready")[2]
        workers = Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children").read_text().split()
        begun = time.monotonic()
        assert server.stop() == 0 and time.monotonic() - begun < 4
        assert workers and not any(Path("/proc", worker).exists() for worker in workers)
        assert "Traceback" not in server.printed and "Error" not in server.printed


def test_streamlit_run(tmp_path):
    with running(STREAMLIT_RUN, cwd=tmp_path) as server:
        check_all_parts(server)
        check_that_nobody_else_comes_in(server)


def test_streamlit_run_for_a_class_under_a_base_path():
    with running((*STREAMLIT_RUN, "--server.baseUrlPath", BASE), base=BASE, STREAMLIT_SERVER_ADDRESS="0.0.0.0") as server:
        check_all_parts(server)
        check_that_others_come_in(server)


def test_small_answers_are_not_held_back(server):
    """Without TCP_NODELAY each answer on a kept connection takes 40 ms, but for the first few; a busy machine delays some."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port)
    times = []
    for _ in range(21):
        begun = time.perf_counter()
        connection.request("GET", "/_stcore/health")
        connection.getresponse().read()
        times.append(time.perf_counter() - begun)
    connection.close()
    assert sorted(times)[len(times) // 4] < 0.03


def test_port_in_use():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = subprocess.run(
            PYTHON_APP, cwd=ROOT, env=os.environ | {"PORT": str(port)}, capture_output=True, text=True, timeout=60
        )
    printed = done.stdout + done.stderr
    assert done.returncode == 1 and f"Port {port} is in use" in printed and "Traceback" not in printed


@pytest.mark.parametrize("port", ["eighty", "65536", "٣"])
def test_bad_port(port, monkeypatch):
    assert "PORT" in refusal(monkeypatch, "127.0.0.1", port)


@pytest.mark.parametrize("host", ["nowhere.invalid", "192.0.2.77"])
def test_bad_host(host, monkeypatch):
    assert host in refusal(monkeypatch, host, str(free_port()))


def refusal(monkeypatch, host, port):
    """What a program says that ends because it can't be served there."""
    monkeypatch.setattr(web_server, "warm_up", lambda: pytest.fail("it starts"))
    with pytest.raises(SystemExit) as end:
        web_server.serve(None, host, port)
    return end.value.code


def test_settings_for_a_room_of_strangers():
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))
    assert settings["client"]["showErrorDetails"] == "none"
    assert settings["client"]["toolbarMode"] == "minimal"
    assert settings["server"]["maxUploadSize"] == 1
    assert settings["browser"]["gatherUsageStats"] is False
