"""A browser for the benchmark, and pages that are watched by `probe.js`."""

from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter_ns

from bench.report import Missing

try:
    from playwright.async_api import Page, async_playwright

    from tests.browser.setup_browser import ARGUMENTS, find
except ImportError:
    Page = async_playwright = None

PROBE = Path(__file__).resolve().parent / "probe.js"
# Without a graphics card Chromium draws pages on the CPU by itself. Sent through OpenGL on the CPU they take
# ten times longer.
OPENGL = "--use-angle"
ASSETS = """performance.getEntriesByType("resource").filter(({ name }) => /\\/(assets|api)\\//.test(name))"""
ROUNDS, BATCH = 11, 20  # calls
PATIENCE = 120_000  # milliseconds; the first visitor of a server may wait for its kernels


def program():
    """The path of a Chrome or Chromium. To be called outside of any event loop."""
    if async_playwright is None:
        raise Missing("figures in the browser: needs playwright (pip install -r requirements-dev.txt).")
    try:
        path = find()
    except FileNotFoundError as error:
        raise Missing(f"figures in the browser: {error}.") from None
    if path is None:
        raise Missing("figures in the browser: no Chrome or Chromium; CHROME=/path/to/chrome names one.")
    return path


@asynccontextmanager
async def chromium(path):
    """A browser that has visited nothing."""
    async with async_playwright() as playwright:
        arguments = [one for one in ARGUMENTS if not one.startswith(OPENGL)]
        browser = await playwright.chromium.launch(executable_path=path, args=arguments)
        try:
            yield browser
        finally:
            await browser.close()


@dataclass
class Visit:
    """A page of a fresh profile.

    first: seconds from the start of the navigation until its first frame had been painted; traffic: the bytes
    of each message over the WebSocket so far, either way, before compression.
    """

    page: Page
    first: float
    traffic: list[int]


async def visit(browser, url, drawn="stageDrawn()"):
    """The Visit to a URL once it has `drawn` (a JavaScript expression), at 1280 x 720."""
    # The policy of our pages lets no string be evaluated, which waiting for an expression does.
    context = await browser.new_context(viewport={"width": 1280, "height": 720}, locale="en-GB", bypass_csp=True)
    page, traffic = await context.new_page(), []

    def count(payload):
        traffic.append(len(payload.encode() if isinstance(payload, str) else payload))

    page.on("websocket", lambda socket: (socket.on("framesent", count), socket.on("framereceived", count)))
    await page.add_init_script(script=f"{PROBE.read_text('utf-8')}; bench.picture = () => ({drawn}) || null;")
    await page.goto(url)
    await page.wait_for_function("bench.pictures[0]?.at", timeout=PATIENCE)
    return Visit(page, await page.evaluate("bench.pictures[0].at") / 1000, traffic)


async def watched(page, picture, counts="input"):
    """Begins to watch: `bench.pictures` are the frames in which the expression `picture` has a new value."""
    await page.evaluate(f"bench.picture = () => {picture}; bench.counts = '{counts}'; bench.clear()")


async def seen(page):
    """{"frames": [{"at": ms, "moved": bool}], "inputs": [ms], "pictures": [{"at": ms, "since": ms}]}.

    What was watched, see probe.js; moved: whether an input came since the frame before.
    """
    return await page.evaluate("({ frames: bench.frames, inputs: bench.inputs, pictures: bench.pictures })")


def latencies(pictures):
    """Milliseconds from the mouse's event to the painted frame, of each picture."""
    return [picture["at"] - picture["since"] for picture in pictures if picture["since"] is not None]


def rate(events):
    """Frames or pictures per second, from the first to the last."""
    if len(events) < 2:
        return 0.0
    return 1000 * (len(events) - 1) / (events[-1]["at"] - events[0]["at"])


async def modules(page):
    """The address of the stage's files, its script among them."""
    address = await page.evaluate(f"{ASSETS}.find(({{ name }}) => name.endsWith('/speedup.js')).name")
    return address.removesuffix("speedup.js")


async def script_alone(page, server, base):
    """Goes to a page of the same origin on which nothing goes on, with the stage's script from the folder `base`."""
    await page.goto(f"{server.url}/_stcore/health")
    await page.add_script_tag(url=f"{base}speedup.js")


async def in_turns(page, script, given, native):
    """(median nanoseconds per step natively, in the browser, what the script found last); they take turns.

    script: a file in bench/ with a function that makes `batch` calls of `steps` steps and returns {ns: per step, …};
    it gets what is `given`, `steps` among it, and `batch`. native() makes one such call.
    """
    source, steps, times = PROBE.with_name(script).read_text("utf-8"), given["steps"], ([], [])
    for _ in range(ROUNDS + 1):  # the first one warms both
        begin = perf_counter_ns()
        for _ in range(BATCH):
            native()
        times[0].append((perf_counter_ns() - begin) / (BATCH * steps))
        found = await page.evaluate(source, given | {"batch": BATCH})
        times[1].append(found["ns"])
    return median(times[0][1:]), median(times[1][1:]), found
