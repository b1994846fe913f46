"""Connections that hold a place without asking for anything: each is closed in its time."""

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor

import pytest
import uvicorn
from uvicorn.server import ServerState

from speedup.web import protocols, script_loops
from speedup.web.seldom import MOST, Seldom

BIG = b"x" * 20_000_000


async def app(scope, receive, send):
    """Reads a request to its end, then answers much."""
    while (await receive()).get("more_body"):
        pass
    body = BIG if scope["path"] == "/big" else b"small"
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"%d" % len(body))]})
    await send({"type": "http.response.body", "body": body})


def apart(function, *arguments):
    """Returns function(*arguments), called in a thread of its own: where Playwright has been, this one has a running loop."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(function, *arguments).result()


def talking(work, monkeypatch, **limits):
    """What work(reader, writer) returns, of a connection to such an app."""

    async def run():
        state, config = ServerState(), uvicorn.Config(app, ws=protocols.WebSocket, log_config=None)
        server = await asyncio.get_running_loop().create_server(lambda: protocols.Http(config, state, {}), "127.0.0.1", 0)
        async with server:
            port = server.sockets[0].getsockname()[1]
            return await asyncio.wait_for(work(lambda: asyncio.open_connection("127.0.0.1", port), state), 30)

    for name, value in limits.items():
        monkeypatch.setattr(protocols, name, value)
    return apart(asyncio.run, run())


async def ended(reader, pause=0):
    """All that comes until the connection ends."""
    found = b""
    try:
        while part := await reader.read(2**16):
            found += part
            await asyncio.sleep(pause)
    except ConnectionError:
        pass
    return found


UPGRADE = b"GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
HALF = [b"", b"G", b"GET / HTTP/1.1\r\nHost: a\r\n", UPGRADE, b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nhalf"]


@pytest.mark.parametrize("sent", HALF)
def test_half_a_request_is_not_waited_for(monkeypatch, sent):
    async def work(connect, _):
        reader, writer = await connect()
        writer.write(sent)
        return await ended(reader)

    assert talking(work, monkeypatch, REQUEST=0.2) == b""


def test_a_request_that_comes_a_byte_at_a_time_has_no_more_time(monkeypatch):
    async def work(connect, _):
        reader, writer = await connect()

        async def drip():
            writer.write(b"GET / HTTP/1.1\r\nHost: a\r\nX: ")
            while not writer.is_closing():
                writer.write(b"x")
                await asyncio.sleep(0.05)

        dripping = asyncio.create_task(drip())
        found = await ended(reader)
        dripping.cancel()
        return found

    assert talking(work, monkeypatch, REQUEST=0.3) == b""


def test_whole_requests_are_answered_on_one_connection(monkeypatch):
    async def work(connect, _):
        reader, writer = await connect()
        for _ in range(3):
            writer.write(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            assert (await reader.readuntil(b"small"))[9:12] == b"200"
            await asyncio.sleep(0.2)
        return True

    assert talking(work, monkeypatch, REQUEST=0.15)


def test_nothing_is_kept_for_who_reads_nothing(monkeypatch):
    async def work(connect, state):
        _, writer = await connect()
        writer.write(b"GET /big HTTP/1.1\r\nHost: a\r\n\r\n")
        while not state.connections:
            await asyncio.sleep(0)
        while state.connections:
            await asyncio.sleep(0.01)
        return True

    assert talking(work, monkeypatch, READING=0.2)


def test_who_reads_slowly_gets_all(monkeypatch):
    async def work(connect, _):
        reader, writer = await connect()
        writer.write(b"GET /big HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        return len(await ended(reader, 0.002))

    assert talking(work, monkeypatch, READING=1) > len(BIG)


def test_more_connections_than_may_be_are_refused_kindly(monkeypatch):
    async def work(connect, _):
        held = [await connect() for _ in range(3)]
        refused = await ended(held[2][0])
        held[0][1].close()
        await held[0][1].wait_closed()
        reader, writer = await connect()
        writer.write(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        return refused, await reader.readuntil(b"small")

    monkeypatch.setattr(protocols.Http, "most", 2)
    refused, answered = talking(work, monkeypatch)
    assert b" 503 " in refused and b"nosniff" in refused.lower() and b" 200 " in answered


def test_a_session_s_loop_takes_no_descriptors_and_still_runs(monkeypatch):
    monkeypatch.setattr(asyncio.events, "_event_loop_policy", script_loops.Policy())

    async def make():
        return asyncio.new_event_loop()

    def run():
        loop = asyncio.run(make())
        assert type(loop) is script_loops.ScriptLoop and loop._ssock is None
        assert loop.run_until_complete(threaded()) == 7
        loop.run_until_complete(loop.shutdown_default_executor())
        loop.close()

    apart(run)
    unused = script_loops.ScriptLoop()
    unused.close()
    assert unused.is_closed()


async def threaded():
    return await asyncio.to_thread(lambda: 7)


def test_a_log_says_the_same_thing_a_few_times_only():
    seldom, records = Seldom(), [logging.makeLogRecord({"name": "a", "msg": "wrong: %s", "args": (i,)}) for i in range(99)]
    assert sum(map(seldom.filter, records)) == MOST
    assert seldom.filter(logging.makeLogRecord({"name": "a", "msg": "something else"}))
