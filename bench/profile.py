"""Where a frame's milliseconds go: `make profile`, or python -m bench.profile [page ...].

Opens each page in the player, in a Chromium without a graphics card at 1280 x 720, and traces it while it plays and while a
slider is dragged. Prints a frame's milliseconds of script, of style, of layout and of painting, how many layouts and
recalculations of style it had, frames a second, and what of the script each part of the stage took.
"""

import asyncio
import json
import sys
from collections import Counter

from bench import cases, stage
from bench.browser import async_playwright, program
from bench.servers import ours
from tests.browser.setup_browser import FLAT

PAGES = {
    "surfaces": f"page=surfaces&{cases.scene_query()}",
    "network": "page=network",
    "spirals": "page=network&dataset=spiral&samples=500&hidden=8,8&steps=2000&batch=32",
    "lesson": "page=lesson",
}
SECONDS = 4
CATEGORIES = ["devtools.timeline", "disabled-by-default-devtools.timeline"]
KINDS = {  # of what Chromium names in its trace
    "FireAnimationFrame": "script", "EventDispatch": "script", "TimerFire": "script", "UpdateLayoutTree": "style", "Layout": "layout",
    "PrePaint": "paint", "Paint": "paint", "Layerize": "paint", "Commit": "paint", "RasterTask": "raster",
}  # fmt: skip
# Wraps every part of the stage, by the class of its element: {part: milliseconds} and the number of frames drawn.
WRAP = """async () => {
  const { Stage } = await speedup("stage/stage.js");
  const told = (window.told = { frames: 0, parts: {} });
  const own = Stage.prototype.draw;
  Stage.prototype.draw = function (now) {
    told.frames += 1;
    told.first ??= now;
    told.last = now;
    for (const part of this.parts) {
      if (part.isWatched) continue;
      part.isWatched = true;
      const name = (part.element.className || part.element.tagName).split(" ")[0];
      for (const verb of ["sync", "frame"]) {
        const before = part[verb];
        part[verb] = function (...more) {
          const begin = performance.now();
          before.apply(this, more);
          told.parts[`${name}.${verb}`] = (told.parts[`${name}.${verb}`] ?? 0) + performance.now() - begin;
        };
      }
    }
    return own.call(this, now);
  };
}"""


async def playing(page):
    """Plays from the start for some seconds."""
    await page.keyboard.press("Home")
    await page.keyboard.press("Space")
    await asyncio.sleep(SECONDS)


async def dragging(page):
    """Moves the first lane's learning rate to and fro, as a mouse does, at the run's end."""
    await stage.drag(page)


async def profiled(browser, page, work):
    """(milliseconds a frame of each kind, how often a frame, frames a second, milliseconds a frame of each part)."""
    await stage.end(page)
    await page.evaluate("() => Object.assign(told, { frames: 0, parts: {}, first: null, last: null })")
    await browser.start_tracing(page=page, categories=CATEGORIES)
    await work(page)
    told = await page.evaluate("told")
    spent, often = by_kind(json.loads(await browser.stop_tracing())["traceEvents"])
    frames = max(1, told["frames"])
    a_frame = lambda found: {name: value / frames for name, value in found.items()}
    return a_frame(spent), a_frame(often), 1000 * frames / (told["last"] - told["first"]), a_frame(told["parts"])


def by_kind(events):
    """({kind: milliseconds}, {kind: times}) of a trace; what is forced inside of a script isn't the script's."""
    spent, often, ends = Counter(), Counter(), {}
    for event in sorted((one for one in events if one.get("ph") == "X"), key=lambda one: (one["ts"], -one.get("dur", 0))):
        kind = KINDS.get(event["name"])
        if not kind:
            continue
        thread, lasts = (event["pid"], event["tid"]), event.get("dur", 0) / 1000
        end, around = ends.get(thread, (0, ""))
        inside = event["ts"] < end
        if inside and kind == around:
            continue  # an event's own handlers, or a part of the same painting
        if inside and around == "script":
            spent["script"] -= lasts
        else:
            ends[thread] = event["ts"] + event.get("dur", 0), kind
        spent[kind] += lasts
        often[kind] += 1
    return spent, often


async def measure(path, url, pages):
    """Prints the lines of some pages."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=FLAT)
        for name in pages:
            context = await browser.new_context(viewport={"width": 1280, "height": 720}, bypass_csp=True)
            page = await context.new_page()
            await page.add_init_script(path="bench/probe.js")
            await page.goto(f"{url}/play?{PAGES[name]}")
            await page.wait_for_function("stage()?.run && stage().querySelector('[data-figure=shown]')", timeout=60_000)
            await page.evaluate(WRAP)
            for work in (playing, dragging):
                if await page.locator(stage.SLIDER).first.is_visible() or work is playing:
                    tell(f"{name}, {work.__name__}", *await profiled(browser, page, work))
            await context.close()
        await browser.close()


def tell(what, spent, often, rate, parts):
    """Prints what a frame took."""
    kinds = ", ".join(f"{kind} {spent.get(kind, 0):.1f}" for kind in dict.fromkeys(KINDS.values()))
    times = f"{often.get('style', 0):.1f} × style, {often.get('layout', 0):.1f} × layout"
    print(f"{what}: {rate:.0f} frames/s; ms a frame: {kinds}; {times}")
    listed = sorted(parts.items(), key=lambda one: -one[1])
    print("   " + ", ".join(f"{name} {spent:.2f}" for name, spent in listed if spent >= 0.01), flush=True)


def main():
    """Profiles the pages named, or all."""
    path = program()
    with ours() as server:
        asyncio.run(measure(path, server.url, sys.argv[1:] or list(PAGES)))


if __name__ == "__main__":
    main()
