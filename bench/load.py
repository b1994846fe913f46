"""A class that opens the player within ten seconds, and meanwhile a teacher who works in the app: `make load`.

A visitor is a browser that has never been here, as an HTTP client: the page, then all that it names at once, over
connections of its own and gzipped. A visitor of the app fetches what Streamlit's page names, the stage's files,
and talks over its WebSocket until the page has run; the scripts that Streamlit's load later are left out.
"""

import asyncio
import contextlib
import gzip
import re
import sys
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [] if str(ROOT) in sys.path else [str(ROOT)]  # for `python bench/load.py`

from bench.report import Report, p95  # noqa: E402
from bench.servers import cpu, ours  # noqa: E402
from tests.servers import Server  # noqa: E402
from tests.visits import visiting  # noqa: E402

CLASSES = 300, 1000
WITHIN = 10  # seconds in which they come
APPS = 20
GOAL, ANSWER = 1.5, 0.3  # seconds: p95 of the player, and of the teacher's commits
PATIENCE = 120  # seconds
CONNECTIONS = 6  # of a browser to one host
EVERY = 0.5  # seconds between two commits
NAMED = re.compile(rb'(?:src|href)="([^":]+)"')
HEADERS = "Host: 127.0.0.1\r\nAccept-Encoding: gzip, deflate, br\r\nAccept-Language: en-GB\r\nUser-Agent: load\r\n\r\n"


class Near(NamedTuple):
    """A server that runs in another process of this machine."""

    port: int
    base: str = ""
    ask = Server.ask


@dataclass
class Visited:
    """What visitors took: seconds until each had everything, bytes of all, and what went wrong."""

    seconds: list[float] = field(default_factory=list)
    bytes: int = 0
    errors: list[str] = field(default_factory=list)


async def fetched(connection, path):
    """The body of an answer as it came, over a connection (reader, writer) that is kept. Raises OSError for any but a 200."""
    reader, writer = connection
    writer.write(f"GET {path} HTTP/1.1\r\n{HEADERS}".encode())
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    if not head.startswith(b"http/1.1 200"):
        raise OSError(f"{path}: {head[:30]!r}")
    length = re.search(rb"content-length: (\d+)", head)
    if length:
        return await reader.readexactly(int(length[1]))
    body = b""
    while size := int(await reader.readuntil(b"\r\n"), 16):
        body += await reader.readexactly(size)
        await reader.readexactly(2)
    await reader.readexactly(2)
    return body


async def page_fetched(port, path):
    """Bytes of a page and of all that it names, as a browser fetches them."""
    async with contextlib.AsyncExitStack() as stack:

        async def connected():
            connection = await asyncio.open_connection("127.0.0.1", port)
            stack.callback(connection[1].close)
            return connection

        async def worker(connection):
            connection = connection or await connected()
            while names:
                sizes.append(len(await fetched(connection, names.pop())))

        first = await connected()
        page = await fetched(first, path)
        plain = page if page[:2] != b"\x1f\x8b" else gzip.decompress(page)
        sizes, names = [len(page)], [f"/{name.decode().removeprefix('./').lstrip('/')}" for name in NAMED.findall(plain)]
        names = list(dict.fromkeys(name for name in names if "." in name))
        await asyncio.gather(*(worker(first if i == 0 else None) for i in range(min(CONNECTIONS, len(names)))))
        return sum(sizes)


async def visit(visited, delay, open_all):
    """One visitor, who comes after a delay."""
    await asyncio.sleep(delay)
    begun = time.perf_counter()
    try:
        size = await asyncio.wait_for(open_all(), PATIENCE)
    except Exception as error:
        visited.errors.append(repr(error))
    else:
        visited.seconds.append(time.perf_counter() - begun)
        visited.bytes += size


async def arrive(port, n, pool):
    """(Visited of the player, Visited of the app): n and APPS visitors, evenly within WITHIN seconds."""

    def run():
        with visiting(Near(port)):
            return 0

    async def app():
        size = await page_fetched(port, "/") + await page_fetched(port, "/play")  # the stage's files are the player's
        return size + await asyncio.get_running_loop().run_in_executor(pool, run)

    players, apps = Visited(), Visited()
    visits = [visit(players, WITHIN * i / n, lambda: page_fetched(port, "/play")) for i in range(n)]
    visits += [visit(apps, WITHIN * i / APPS, app) for i in range(APPS)]
    await asyncio.gather(*visits)
    return players, apps


def teach(port):
    """Seconds of each commit of a teacher while the class arrives; in a process of its own."""
    times, end = [], time.perf_counter() + WITHIN
    with visiting(Near(port), "steps=300") as page:
        while (begun := time.perf_counter()) < end:
            page.rerun(steps=40 + len(times))
            times.append(time.perf_counter() - begun)
            time.sleep(max(0, EVERY - times[-1]))
    return times


def most_memory(process):
    """Megabytes of memory that a process has had at most, None where that can't be read."""
    try:
        found = re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{process.pid}/status").read_text())
        return int(found[1]) / 1000
    except (OSError, TypeError):
        return None


def measure(report, classes=CLASSES[:1]):
    """Adds the rows of each class, which comes to a server of its own."""
    for n in classes:
        with ours() as server, ProcessPoolExecutor(1) as teacher, ThreadPoolExecutor(APPS) as pool:
            asyncio.run(page_fetched(server.port, "/play"))  # the first visitor is the teacher
            quiet = teacher.submit(alone, server.port).result()
            used, commits = cpu(server.process), teacher.submit(teach, server.port)
            players, apps = asyncio.run(arrive(server.port, n, pool))
            add(report, n, players, apps, (quiet, commits.result()))
            spent = None if used is None else f"{cpu(server.process) - used:.1f} s of CPU, "
            memory = most_memory(server.process)
            report.note(f"{n} visitors: the server used {spent}{memory:.0f} MB at most.")


def alone(port):
    """Seconds of a teacher's commits while nobody else is there."""
    with visiting(Near(port), "steps=300") as page:
        times = []
        page.rerun(steps=39)  # the first one warms the server
        for i in range(10):
            begun = time.perf_counter()
            page.rerun(steps=40 + i)
            times.append(time.perf_counter() - begun)
            time.sleep(EVERY)  # one who commits in quick succession is held back
        return times


def add(report, n, players, apps, commits):
    """The rows of one class."""
    failed = [*players.errors, *apps.errors]
    title = f"{n} visitors of the player within {WITHIN} s, {APPS} of the app"
    for what, visited, goal in (("player", players, GOAL), ("app", apps, None)):
        if visited.seconds:
            slow = p95(visited.seconds)
            said = ", ".join(f"{1000 * one:.0f}" for one in (median(visited.seconds), slow, max(visited.seconds))) + " ms"
            target = (f"p95 {goal} s", slow <= goal) if goal else ("", None)
            report.add(f"{title}: {what}, p50, p95, worst", said, "", None, target)
    report.add(f"{title}: KB a visitor of the player", f"{players.bytes / 1000 / max(1, len(players.seconds)):.0f}")
    report.add(f"{title}: errors", f"{len(failed)}", "", None, ("0", not failed))
    quiet, busy = (p95(times) for times in commits)
    target = (f"{1000 * ANSWER:.0f} ms", busy <= ANSWER)
    report.add(
        f"{title}: a teacher's commit, p95", f"{1000 * busy:.0f} ms", f"alone: {1000 * quiet:.0f} ms", busy / quiet, target
    )
    for error in dict.fromkeys(failed[:5]):
        report.note(f"{n} visitors: {error[:200]}")


if __name__ == "__main__":
    found = Report()
    measure(found, tuple(map(int, sys.argv[1:])) or CLASSES)
    print(found.text())
