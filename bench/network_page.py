"""The figures of the network page in a real Chromium, each beside the native kernel's or the display's."""

import asyncio
from statistics import median

from bench import cases, stage, training
from bench.browser import PATIENCE, chromium, in_turns, latencies, modules, program, rate, script_alone, seen, visit, watched
from bench.servers import ours
from speedup.scenes.network_scene import NetworkScene, scene_json, scene_query

SLACK = 4.5  # times the native kernel's
PLAYGROUND_STEP, TIMES = 87_000, 15  # nanoseconds of a step of the same net there; how much less ours is to be
MIDDLE = 150  # the step at which a slider is moved
FRAME = 1000 / 60
SEEDS = "[data-testid=stage] .seeds"
DONE = f"document.querySelector('{SEEDS} [role=status]').textContent.startsWith('{training.SEEDS} ')"
CHANGED = "stage().run.spec.changes.at(-1)?.[3]"  # the value from MIDDLE on, in the run that is drawn
ROUNDS = 5
# Which value a position of the learning rate's slider asks for.
ASKED = """async ([base, optimizer]) => {
  const { toValue } = speedup("panel/scale.js");
  const { tables } = await speedup("base/load.js").loadTables(base, "en");
  const row = tables.optimizers[optimizer].hyperparameters.find(({ name }) => name === "lr");
  bench.asked = (event) => toValue(row, event.target.valueAsNumber);
}"""


def measure(report):
    """Adds all rows."""
    path = program()
    asyncio.run(measure_in(path, report))


async def measure_in(path, report):
    """One page after the other, each of a fresh profile."""
    with ours() as server:
        async with chromium(path) as browser:
            page = await opened(browser, f"{server.url}/network")
            display = await display_rate(page)
            await playing(report, page, 1, "the chapter's experiment, 1 step a frame", (display, 59))
            await many_seeds(report, page, display)
            await page.context.close()
            page = await opened(browser, f"{server.url}/network")
            await changing(report, page)
            await page.context.close()
            page = await opened(browser, f"{server.url}/network?{scene_query(cases.SPIRALS)}")
            await playing(report, page, 10, "two spirals, 5 nets 2-8-8-1, 10 steps a frame", (display, 50))
            await learning(report, page, server)


async def opened(browser, url):
    """A page that has come to rest."""
    page = (await visit(browser, url)).page
    await page.wait_for_load_state("networkidle")
    await stage.end(page)
    return page


async def display_rate(page):
    """Frames a second of a page on which nothing moves."""
    await watched(page, "null")
    await asyncio.sleep(1)
    return rate((await seen(page))["frames"])


async def playing(report, page, speed, what, rates):
    """Frames drawn a second: each shows another step. rates: the display's, and the target."""
    display, target = rates
    drawn = rate(await stage.play(page, speed))
    report.add(
        f"frames drawn while playing, {what}",
        f"{drawn:.0f}/s",
        f"a page at rest: {display:.0f}/s",
        drawn / display,
        (f"{target}/s", drawn >= target),
    )


async def many_seeds(report, page, display):
    """The experiment on many seeds, by the button and then by the panel's own, while the stage plays."""
    seconds, rates = [], []
    await page.keyboard.press("l")  # the stage begins again where it ends
    for _ in range(ROUNDS):
        first = not seconds
        button = page.locator("[data-testid=stage] [data-name=seeds]" if first else f"{SEEDS} .go")
        await page.keyboard.press("Home")
        await page.keyboard.press("Space")
        await page.wait_for_function("stage().dataset.state === 'playing'")
        await watched(page, DONE, counts="pointerup")
        await button.click()
        await page.wait_for_function(f"{DONE} && bench.pictures.at(-1)?.at", timeout=PATIENCE)
        found = await seen(page)
        begin, end = found["inputs"][0], found["pictures"][-1]["at"]
        seconds.append((end - begin) / 1000)
        rates.append(rate([frame for frame in found["frames"] if begin <= frame["at"] <= end]))
        await page.evaluate("document.activeElement.blur()")
        await page.keyboard.press("Space")
    ours, drawn, native = median(seconds), median(rates), training.many_seeds()
    report.add(
        f"{training.SEEDS} seeds in the browser", f"{ours:.2f} s", f"native: {native:.2f} s", ours / native, ("2 s", ours <= 2)
    )
    report.add(
        "frames meanwhile, the stage playing",
        f"{drawn:.0f}/s",
        f"a page at rest: {display:.0f}/s",
        drawn / display,
        ("50/s", drawn >= 50),
    )


async def changing(report, page):
    """From a mouse event to painted pixels when a slider moves in the middle of the run."""
    await page.evaluate(ASKED, [await modules(page), "sgd"])
    await stage.pause(page, MIDDLE)
    times = latencies((await stage.drag(page, CHANGED))["pictures"])
    typical = median(times)
    report.add(
        "slider to bent curve at mid-run, median",
        f"{typical:.1f} ms",
        "two frames: 33.3 ms",
        typical / FRAME / 2,
        ("34 ms", typical <= 34),
    )


async def learning(report, page, server):
    """Microseconds per step of the tutorial's net by the stage's modules; native and browser take turns."""
    spec, base = cases.tutorial(), await modules(page)
    await script_alone(page, server, base)
    inputs, targets = cases.training_data(spec)
    call, losses = training.learn_call(spec)
    given = {
        "base": base,
        "spec": scene_json(NetworkScene(spec)),
        "inputs": inputs.ravel().tolist(),
        "targets": targets.tolist(),
        "train": spec.train_samples,
        "steps": spec.steps,
    }
    native, browser, found = await in_turns(page, "learn.js", given, call)
    training.check("learn.js", found["losses"], losses)
    figure, text = "the tutorial's net in the browser, µs per step", f"{browser / 1000:.2f} µs"
    report.add(figure, text, f"native: {native / 1000:.2f} µs", browser / native, (f"at most {SLACK}", browser <= SLACK * native))
    report.add(
        figure,
        text,
        f"TensorFlow's Playground, published: {PLAYGROUND_STEP // 1000} µs",
        browser / PLAYGROUND_STEP,
        (f"at most 1/{TIMES}", browser <= PLAYGROUND_STEP / TIMES),
    )
