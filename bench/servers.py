"""Servers for the benchmark, and how long they take to start."""

import os
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from tests.servers import PYTHON_APP, ROOT, running

WARM_STARTS = 3
COLD, WARM = 12, 4  # seconds that a start may take
BASELINE = (
    sys.executable, "-m", "streamlit", "run", "bench/baseline_app.py", "--server.port", "{port}",
    "--server.headless", "true",
)  # fmt: skip


@contextmanager
def ours(**environment):
    """`python app.py`, running, with all kernels loaded: they take time from what is measured."""
    with running(PYTHON_APP, **environment) as server:
        server.settle()
        yield server


def baseline():
    """The baseline app, running."""
    return running(BASELINE, PYTHONPATH=str(ROOT))


def cpu(process):
    """Seconds of CPU that a process has used, None where that can't be read."""
    try:
        fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    except OSError:
        return None


def start(server):
    """Seconds from starting a server until it answers."""
    begin = time.perf_counter()
    with server:
        return time.perf_counter() - begin


def both(**environment):
    """Seconds from starting our server until it answers, and until all kernels are loaded."""
    begin = time.perf_counter()
    with running(PYTHON_APP, **environment) as server:
        answers = time.perf_counter() - begin
        server.settle()
        return answers, time.perf_counter() - begin


def measure(report):
    """Adds the rows of a start with an empty cache and with a filled one."""
    with tempfile.TemporaryDirectory() as cache:
        cold, compiled = both(XDG_CACHE_HOME=cache)
        warm, loaded = (median(times) for times in zip(*(both(XDG_CACHE_HOME=cache) for _ in range(WARM_STARTS))))
    plain = start(baseline())
    said = f"streamlit run, baseline app: {plain:.1f} s"
    report.add(
        "server start until it answers, no kernel compiled yet", f"{cold:.1f} s", said, cold / plain, (f"{COLD} s", cold <= COLD)
    )
    report.add(
        "server start until it answers, kernels in the cache", f"{warm:.1f} s", said, warm / plain, (f"{WARM} s", warm <= WARM)
    )
    report.note(f"All kernels are ready {compiled:.1f} s after a start with none compiled, {loaded:.1f} s with all in the cache.")
