"""What the stage is put through in a browser: its slider dragged, its race played, a change committed."""

import asyncio
import time

from bench.browser import PATIENCE, seen, watched
from bench.servers import cpu

RUN, STEP = "stage().dataset.run", "stage().dataset.step"
ENDED = "stage().dataset.state === 'ended'"
SLIDER = "[data-testid=stage] .lanes input[type=range]"
MOVES, MOVE_EVERY = 500, 0.008  # as a mouse reports: 125 times a second
COMMITS = 30


async def end(page):
    """Goes to the race's end, where all paths are drawn."""
    await page.evaluate("document.activeElement.blur()")  # keys are the stage's unless a control has them
    await page.keyboard.press("End")
    await page.wait_for_function(ENDED)


async def drag(page, picture=RUN):
    """Moves the first lane's learning rate to and fro with the mouse held down; what was `seen`, as `watched`."""
    slider = page.locator(SLIDER).first
    await slider.scroll_into_view_if_needed()
    box = await slider.bounding_box()
    y = box["y"] + box["height"] / 2
    await page.mouse.move(box["x"] + box["width"] / 4, y)
    await page.mouse.down()
    await watched(page, picture)
    devtools = await page.context.new_cdp_session(page)  # Playwright's own moves run scripts in the page, twice each
    hand = {"type": "mouseMoved", "y": y, "button": "left", "buttons": 1}
    moves, begin = [], time.perf_counter()
    for i in range(MOVES):
        there = 1 - abs(i % 200 - 100) / 100  # 0 to 1 and back
        x = box["x"] + box["width"] * (1 + 2 * there) / 4
        moves.append(asyncio.create_task(devtools.send("Input.dispatchMouseEvent", hand | {"x": x})))  # it waits for no screen
        await asyncio.sleep(max(0, begin + (i + 1) * MOVE_EVERY - time.perf_counter()))
    await asyncio.gather(*moves)
    await asyncio.sleep(0.1)
    found = await seen(page)
    await page.mouse.up()
    await devtools.detach()
    return found


def while_moving(found):
    """(frames, pictures) from the first to the last input."""
    first, last = found["inputs"][0], found["inputs"][-1]
    return [[one for one in found[what] if first <= one["at"] <= last] for what in ("frames", "pictures")]


async def pause(page, step):
    """Stops at a step."""
    await end(page)
    await page.locator("[data-testid=stage] .scrub input").fill(str(step))
    await page.wait_for_function(f"{STEP} === '{step}'")


async def play(page, speed):
    """Plays the race from its start to its end; a picture for every step drawn."""
    await page.locator("[data-testid=stage] .transport select").select_option(str(speed))
    await end(page)
    await watched(page, STEP)
    await page.keyboard.press("Space")
    await page.wait_for_function(f"{STEP} !== String(stage().run.spec.steps)")
    await page.wait_for_function(ENDED, timeout=PATIENCE)
    return (await seen(page))["pictures"]


async def commit(visited, server):
    """(bytes, seconds of CPU) per committed change: a key moves a learning rate, and the address follows."""
    page, used = visited.page, cpu(server.process)
    await page.locator(SLIDER).first.focus()
    visited.traffic.clear()
    for i in range(COMMITS):
        before = page.url
        await page.keyboard.press("ArrowLeft" if i % 2 else "ArrowRight")
        await page.wait_for_function("before => location.href !== before", arg=before, timeout=10_000)
        await asyncio.sleep(0.15)  # what the server says after it
    spent = None if used is None else (cpu(server.process) - used) / COMMITS
    return sum(visited.traffic) / COMMITS, spent
