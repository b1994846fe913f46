"""What the baseline app is put through: the same as the stage, as far as it can do that."""

import asyncio
from dataclasses import dataclass
from statistics import median

from bench.browser import PATIENCE, chromium, latencies, rate, seen, visit, watched
from bench.servers import baseline, cpu

THUMB = "[data-testid=stSlider] div:has(> [data-testid=stSliderThumbValue])"
LINES, DRAWN = "plotlyLines()", "plotlyLines() !== null"
RELEASES, VISITS = 12, 3


async def releases(visited, server):
    """(milliseconds of each, bytes, seconds of CPU): a slider is moved and let go; bytes and CPU per change.

    The time counts from the release: while the mouse moves, this slider tells the server nothing.
    """
    page, used = visited.page, cpu(server.process)
    visited.traffic.clear()
    times = []
    for i in range(RELEASES):
        box = await page.locator(THUMB).first.bounding_box()
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        await page.mouse.move(x, y)
        await page.mouse.down()
        await page.mouse.move(x + (-12 if i % 2 else 12), y, steps=4)
        await watched(page, LINES, counts="pointerup")
        await page.mouse.up()
        await page.wait_for_function("bench.pictures[0]?.at", timeout=PATIENCE)
        times += latencies((await seen(page))["pictures"])[:1]
        await asyncio.sleep(0.5)  # what it still draws and sends
    spent = None if used is None else (cpu(server.process) - used) / RELEASES
    return times, sum(visited.traffic) / RELEASES, spent


async def play(page):
    """Plays the figure's frames; a picture for each frame drawn."""
    await watched(page, LINES)
    await page.locator(".updatemenu-button").first.click()
    await asyncio.sleep(4)
    return (await seen(page))["pictures"]


@dataclass
class Baseline:
    """What the baseline app takes.

    first: seconds to its first frame; change, sent, cpu: milliseconds, bytes and seconds of CPU per change (None
    if that can't be read); rate: frames per second while its figure plays.
    """

    first: float
    change: float
    sent: float
    cpu: float | None
    rate: float


async def measured(program):
    """The Baseline, on this machine, now."""
    first = []
    with baseline() as server:
        for _ in range(VISITS + 1):  # the first one warms the server
            async with chromium(program) as browser:
                visited = await visit(browser, server.url, DRAWN)
                first.append(visited.first)
                if len(first) > VISITS:
                    await asyncio.sleep(1)
                    times, sent, spent = await releases(visited, server)
                    shown = await play(visited.page)
    return Baseline(median(first[1:]), median(times), sent, spent, rate(shown))
