"""Servers for the benchmark, and how long they take to start."""

import os
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from tests.servers import PYTHON_APP, ROOT, running

WARM_STARTS = 3
COLD, WARM = 12, 4  # seconds that a start may take
BASELINE = (
    sys.executable, "-m", "streamlit", "run", "bench/baseline_app.py", "--server.port", "{port}",
    "--server.headless", "true",
)  # fmt: skip


def ours(**environment):
    """`python app.py`, running."""
    return running(PYTHON_APP, **environment)


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


def measure(report):
    """Adds the rows of a start with an empty cache and with a filled one."""
    with tempfile.TemporaryDirectory() as cache:
        cold = start(ours(XDG_CACHE_HOME=cache))
        warm = median(start(ours(XDG_CACHE_HOME=cache)) for _ in range(WARM_STARTS))
    plain = start(baseline())
    said = f"streamlit run, baseline app: {plain:.1f} s"
    report.add(
        "server start until it answers, no kernel compiled yet", f"{cold:.1f} s", said, cold / plain, (f"{COLD} s", cold <= COLD)
    )
    report.add(
        "server start until it answers, kernels in the cache", f"{warm:.1f} s", said, warm / plain, (f"{WARM} s", warm <= WARM)
    )
