"""Many visitors, and visitors who mean harm: what the server does for one may cost the others nothing."""

import functools
import resource
import subprocess
import sys

import pytest

from speedup.web import script_loops
from tests.servers import PYTHON_APP, running
from tests.visits import visiting


def steps(visit):
    """The steps in a visit's address."""
    return visit.address.partition("steps=")[2].partition("&")[0]


def test_300_visits_that_come_and_go_with_256_descriptors():
    command = ("/bin/sh", "-c", "ulimit -Sn 256 && ulimit -Hn 256 && exec \"$0\" \"$@\"", *PYTHON_APP)
    with running(command) as server:
        for _ in range(300):
            with visiting(server, "steps=20"):
                pass
        with visiting(server, "steps=20") as one:
            assert steps(one.rerun(steps=30)) == "30"
        assert "Traceback" not in server.printed


def test_the_soft_limit_is_raised():
    code = "import resource; resource.setrlimit(resource.RLIMIT_NOFILE, (256, 512));" \
           "from speedup.web.descriptors import most_connections; print(most_connections(), resource.getrlimit(resource.RLIMIT_NOFILE))"
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
