"""The benchmark: `make bench`, or python bench/run.py. One table, each figure beside its baseline.

    BENCH_PYTHON   an interpreter that has JAX with optax, or PyTorch, or both; this one by default
    CHROME         the browser to take; CC the C compiler

Takes some minutes, in which nothing else should run. What this machine lacks is left out, and named below the
table. How each figure is measured stands in bench/README.md.
"""

import os
import platform
import sys
import time
import traceback
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [] if str(ROOT) in sys.path else [str(ROOT)]  # for `python bench/run.py`

from bench import instruments, load, native, network_page, servers, training, web  # noqa: E402
from bench.report import Missing, Report  # noqa: E402

PARTS = (
    ("kernels against C, JAX and PyTorch", native.measure),
    ("training against C, JAX and PyTorch", training.measure),
    ("the stage in a browser", web.measure),
    ("the network page in a browser", network_page.measure),
    ("the instruments", instruments.measure),
    ("a class that arrives", load.measure),
    ("starts of the server", servers.measure),
)


def main():
    """Measures everything that can be measured here, and prints it."""
    begin, report = time.perf_counter(), Report()
    for title, measure in PARTS:
        print(f"measuring {title}", flush=True)
        try:
            measure(report)
        except Missing as what:
            report.note(str(what))
        except Exception as error:  # the other figures are worth having
            traceback.print_exc()
            report.note(f"{title}: stopped by {type(error).__name__}, see above.")
    machine = f"{os.cpu_count()} cores, {platform.machine()}, {platform.system()}"
    report.note(f"{machine}, Python {platform.python_version()}; took {time.perf_counter() - begin:.0f} s.")
    print("\n" + report.text())


if __name__ == "__main__":
    main()
