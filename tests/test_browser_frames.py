"""What of a browser's frames Streamlit gets, and when."""

import asyncio

from streamlit.proto.BackMsg_pb2 import BackMsg

from speedup.web.frames import AT_ONCE, Frames
from tests.test_protocols import apart


def rerun(query):
    message = BackMsg()
    message.rerun_script.query_string = query
    return {"type": "websocket.receive", "bytes": message.SerializeToString()}


def heartbeat():
    message = BackMsg()
    message.app_heartbeat = True
    return {"type": "websocket.receive", "bytes": message.SerializeToString()}


def handed_on(*messages):
    """The addresses of the reruns that are handed on of messages that come at once, then the connection's end."""

    async def play():
        coming: asyncio.Queue = asyncio.Queue()
        for message in (*messages, {"type": "websocket.disconnect"}):
            coming.put_nowait(message)

        async def receive():
            if coming.qsize() == 1:  # the end comes once all else has been handed on
                await asyncio.sleep(0.3)
            return await coming.get()

        frames, found = Frames(receive, None, {}), []
        while (message := await frames.receive())["type"] == "websocket.receive":
            read = BackMsg()
            read.ParseFromString(message["bytes"])
            found.append(read.rerun_script.query_string)
        return found

    return apart(lambda: asyncio.run(play()))


def test_of_a_burst_the_first_ones_and_the_newest_are_run():
    first = [f"steps={n}" for n in range(AT_ONCE)]
    assert handed_on(*map(rerun, [*first, "a=1", "a=2", "a=3"])) == [*first, "a=3"]


def test_a_frame_that_nobody_wants_takes_no_other_s_place():
    first = [f"steps={n}" for n in range(AT_ONCE)]
    assert handed_on(*map(rerun, first), rerun("a=1"), heartbeat(), heartbeat()) == [*first, "a=1"]
    assert handed_on(heartbeat(), rerun("a=1")) == ["a=1"]
