"""A sweep on a cluster, where a worker is killed half-way, and the bar that tells how far it is."""

import io
import os
import signal
import sys

import pytest
from distributed import Client, LocalCluster

from speedup import Lane, RaceSpec, SpecError, sweep

pytestmark = pytest.mark.long

SPEC = RaceSpec("rosenbrock", steps=40, noise=2.0, lanes=(Lane("sgd"), Lane("adam")))
OVER = {"lr": [10 ** (i / 10) for i in range(-40, 10)]}


@pytest.fixture(scope="module")
def client():
    """A client of two workers, processes of their own; one that is killed is started again."""
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster, Client(cluster) as client:
        yield client


def test_a_killed_worker_loses_nothing(client):
    here, told = sweep(SPEC, OVER, range(5)), []

    def kill(share):
        if not told:
            os.kill(next(iter(client.run(os.getpid).values())), signal.SIGKILL)
        told.append(share)

    assert sweep(SPEC, OVER, range(5), kill, client=client) == here
    assert told == sorted(told) and told[-1] == 1 and len(told) == 13


def test_what_ends_it_ends_it_on_a_cluster_too(client):
    def stop(_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sweep(SPEC, OVER, range(5), stop, client=client)
    with pytest.raises(SpecError):
        sweep(SPEC, {"lr": [-1.0]}, client=client)
    assert sweep(SPEC, {"lr": [0.1]}, [1], client=client) == sweep(SPEC, {"lr": [0.1]}, [1])


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.mark.parametrize("place, shown", [(Terminal, True), (io.StringIO, False)])
def test_a_terminal_sees_how_far_it_is_a_file_does_not(monkeypatch, place, shown):
    monkeypatch.setattr(sys, "stderr", place())
    sweep(SPEC, OVER, range(5))
    assert ("sweep" in sys.stderr.getvalue()) == shown
