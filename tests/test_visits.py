"""Many visitors, and visitors who mean harm: what the server does for one may cost the others nothing."""

import contextlib
import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest
from websockets.exceptions import ConnectionClosed

from speedup.web import seldom
from tests.servers import PYTHON_APP, running
from tests.visits import visiting

pytestmark = pytest.mark.long


def steps(visit):
    """The steps in a visit's address."""
    return visit.address.partition("steps=")[2].partition("&")[0]


@pytest.fixture(scope="module")
def limited():
    """A server that may have 256 descriptors, for what needs one of its own."""
    command = ("/bin/sh", "-c", 'ulimit -Sn 256 && ulimit -Hn 256 && exec "$0" "$@"', *PYTHON_APP)
    with running(command) as server:
        server.settle()
        yield server


def test_300_visits_that_come_and_go_with_256_descriptors(limited):
    for _ in range(300):
        with visiting(limited, "steps=20"):
            pass
    with visiting(limited, "steps=20") as one:
        assert steps(one.rerun(steps=30)) == "30"
    assert "Traceback" not in limited.printed


def test_the_soft_limit_is_raised():
    code = (
        "import resource; resource.setrlimit(resource.RLIMIT_NOFILE, (256, 512));"
        "from speedup.web.descriptors import most_connections; print(most_connections(), resource.getrlimit(resource.RLIMIT_NOFILE))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[0] == "448 (512, 512)"


@pytest.mark.parametrize("values", [{"steps": 450}, {"surface": "booth"}])
def test_what_the_browser_sends_counts_after_a_restart(server, values):
    with visiting(server, "steps=300") as before:
        before.rerun(steps=350)
        with visiting(server, kept=before) as after:  # a session that knows nothing, as after a restart
            after.rerun(**values)
            assert all(f"{name}={value}" in after.address for name, value in values.items())
            assert "surface" in values or steps(after.rerun(steps=500)) == "500"


FORGED = [
    {"steps": float("nan")},
    {"steps": float("inf")},
    {"steps": 1e300},
    {"steps": 2**60},
    {"steps": "abc"},
    {"surface": 5},
    {"surface": "x" * 5000},
    {"surfaces": b"[" * 50_000},
    {"surfaces": b"[" * 30_000 + b"]" * 30_000},
    {"surfaces": b"9" * 5000},
    {"surfaces": b"{"},
]


@pytest.mark.parametrize("values", FORGED, ids=lambda values: str(values)[:40])
def test_values_that_no_widget_has_are_left_out(server, values):
    with visiting(server, "steps=300") as visit:
        visit.ask(**values)
        visit.widgets.clear()
        assert steps(visit.rerun(steps=77)) == "77"
    assert "Traceback" not in server.printed


@pytest.mark.parametrize(
    "values",
    [
        {"steps": 1e9},
        {"steps": -5},
        {"surface": "nowhere"},
        {"surfaces": b"[]"},
        {"surfaces": b'{"commit": {"id": "1", "after": "x", "scene": {"steps": NaN, "lanes": []}}}'},
    ],
)
def test_values_that_the_scene_forbids_leave_it_alone(server, values):
    with visiting(server, "steps=300") as visit:
        visit.rerun(**values)
        assert steps(visit) == "300" and steps(visit.rerun(steps=77)) == "77"
    assert "Traceback" not in server.printed


@pytest.mark.parametrize("sent", ["text", b"\xff\xff\xff", b"", b"x" * 10_000_000], ids=["text", "rubbish", "nothing", "much"])
def test_frames_that_are_none_close_the_connection(server, sent):
    with visiting(server) as visit, pytest.raises(ConnectionClosed):
        visit.socket.send(sent)
        visit.finished()
    assert "Traceback" not in server.printed


@pytest.mark.parametrize("frames", [400, 2000])
def test_a_flood_of_reruns_delays_nobody(server, frames):
    with visiting(server, "steps=300") as flood, visiting(server, "steps=300") as other:
        frame = flood.message(steps=31).SerializeToString()
        begun = time.monotonic()
        assert steps(other.rerun(steps=41)) == "41"
        alone, begun = time.monotonic() - begun, time.monotonic()
        with contextlib.suppress(ConnectionClosed):
            for _ in range(frames):
                flood.socket.send(frame)
        assert steps(other.rerun(steps=40)) == "40"
        assert time.monotonic() - begun < 2 + 10 * alone  # the flood's own runs would take minutes
    assert server.printed.count("too many at once") <= seldom.MOST


def test_of_many_changes_the_last_one_stays(server):
    with visiting(server, "steps=300") as visit:
        for value in range(30, 70):
            visit.ask(steps=value)
        while steps(visit) != "69":
            visit.finished()
        assert steps(visit.rerun(steps=80)) == "80"


def test_many_reruns_take_no_more_memory(limited):
    with contextlib.ExitStack() as stack:
        visits, sizes = [stack.enter_context(visiting(limited, "steps=300")) for _ in range(20)], []
        for i in range(20):
            for visit in visits:  # all at once: each may only ask so often
                visit.ask(steps=20 + i, noise=float(i % 7))
            for visit in visits:
                visit.finished()
            sizes.append(resident(limited))
        assert sizes[-1] < sizes[9] + 5_000_000


def resident(server):
    """Bytes of memory that a server's process has."""
    return int(Path(f"/proc/{server.process.pid}/statm").read_text().split()[1]) * resource.getpagesize()
