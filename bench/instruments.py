"""The instruments' figures: what they compute natively and in a real Chromium, and frames drawn while each is open."""

import asyncio
import contextlib
import functools
import io
from dataclasses import replace
from statistics import median
from time import perf_counter

import numpy as np

from bench import cases, stage
from bench.browser import chromium, program, rate, visit
from bench.native import interleaved
from bench.servers import ours
from speedup import OPTIMIZERS, Lane, RaceSpec, simulate, sweep
from speedup.network.hessian import hessian_product
from speedup.network.learning import learn
from speedup.scenes.surfaces_scene import PANELS

RATES, STEPS, ROUNDS, OPENINGS = 50, 2000, 5, 5
LANES = 12
PAGES = {"surfaces": cases.scene_query(), "network": ""}
# Gives when an instrument that is opened has all that it computes: its picture is sharp; no thread has said anything for a second.
# Neither draws frames, as Playwright's own waiting does.
SHARP = """new Promise((done) => new MutationObserver(() => {
  if (stage().querySelector(".outcomes").hasAttribute("data-sharp")) done(performance.now());
}).observe(stage(), { subtree: true, attributeFilter: ["data-sharp"] }))"""
QUIET = """new Promise((done) => {
  said.length = 0; // what was tried while the page rested
  const look = () => said.length && performance.now() - said.at(-1) > 1000 ? done(said.at(-1)) : setTimeout(look, 100);
  look();
})"""
OPENED = {
    "surfaces": ("map", SHARP, 0.3),
    "network": ("limit", QUIET, 0.5),
}  # page -> instrument, when it is done, seconds wanted
REST = 3  # seconds that a page rests before: it then has threads standing by
# Has the picture of trainings opened, for some seconds from when it is known everywhere, coarsely: how soon that was, in
# milliseconds, and how many pixels came in a second then.
COARSE, WATCHED = 48, 5  # pixels, seconds
TRAINED = """async ([coarse, watched]) => {
  const wait = (ms) => new Promise((done) => setTimeout(done, ms));
  const known = () => found.reduce((sum, count) => sum + count, 0);
  const begin = performance.now();
  found.length = 0;
  stage().querySelector("button[data-panel=map]").click();
  while (known() < coarse) await wait(10);
  const [at, before] = [performance.now(), known()];
  await wait(1000 * watched);
  return [at - begin, (1000 * (known() - before)) / (performance.now() - at)];
}"""
# Takes down when threads say something that are opened from now on, and how much they have found by then.
LISTEN = """(() => {
  window.said = [];
  window.found = [];
  const Own = Worker;
  const take = ({ data }) => {
    said.push(performance.now());
    found.push(data.found?.length ?? 0);
  };
  window.Worker = class extends Own {
    constructor(...how) { super(...how); this.addEventListener("message", take); }
  };
})()"""


def measure(report):
    """Adds all rows."""
    swept(report)
    product(report)
    path = program()
    asyncio.run(measure_in(path, report))


def swept(report):
    """Twelve optimizers, fifty rates, two thousand steps each; against the same runs one by one."""
    lanes = tuple(Lane(name) for name in list(OPTIMIZERS)[:LANES])
    spec, rates = RaceSpec("rosenbrock", steps=STEPS, lanes=lanes), np.logspace(-5, -1, RATES)
    runs = [replace(spec, lanes=tuple(Lane(name.optimizer, {"lr": lr}) for name in lanes)) for lr in rates.tolist()]

    def one_by_one():
        for run in runs:
            simulate(run)

    def whole():
        with contextlib.redirect_stderr(io.StringIO()):
            sweep(spec, over={"lr": rates}, seeds=[0])

    found, single = (median(seconds(work)) for work in (whole, one_by_one))
    what = f"sweep of {len(lanes)} optimizers × {RATES} rates × {STEPS} steps"
    report.add(what, f"{found:.2f} s", f"one by one: {single:.2f} s", found / single, ("0.3 s", found <= 0.3))


def seconds(work):
    """How long it takes, some times; the first time warms up."""
    times = []
    for _ in range(ROUNDS + 1):
        begin = perf_counter()
        work()
        times.append(perf_counter() - begin)
    return times[1:]


def product(report):
    """A Hessian times a vector on all samples of the tutorial's net, against a step of SGD on as many, which is a gradient."""
    spec = cases.tutorial()
    whole = replace(spec, batch=spec.train_samples, steps=20, lanes=(Lane("sgd"),))
    arguments, net, n = cases.learn_arguments(whole), spec.net, spec.train_samples
    scratch = (np.empty(net.act), np.empty(net.act), np.empty(net.delta), np.empty(net.delta))
    data = [one.reshape(-1) for one in cases.training_data(spec)]
    given = (np.empty(net.parameters), arguments[0].copy(), np.ones(net.parameters), np.array(net.record()), *data)

    def products(samples):
        for _ in range(whole.steps):
            hessian_product(*given, samples, *scratch)

    calls = [functools.partial(products, n), functools.partial(products, 1), functools.partial(learn, *arguments)]
    many, one, step = interleaved(calls, whole.steps, rounds=100)
    found = many - one  # ctypes checks nine arrays at each call: that takes as long
    what = f"Hessian times a vector, {net.parameters} parameters, {n} samples"
    goal = ("at most 3", found <= 3 * step)
    report.add(what, f"{found / 1000:.0f} µs", f"a step of SGD on all of them: {step / 1000:.0f} µs", found / step, goal)


async def measure_in(path, report):
    """Each page of a fresh profile, in the player."""
    with ours() as server:
        for name, query in PAGES.items():
            async with chromium(path) as browser:
                page = await opened(browser, f"{server.url}/play?page={name}&{query}")
                await dragging(report, page, name)
                await page.context.close()
            await opening(report, path, f"{server.url}/play?page={name}&{query}", OPENED[name])
        await training_all(report, path, f"{server.url}/play?page=network")


async def opened(browser, url):
    """A page that has come to rest at its run's end."""
    page = (await visit(browser, url)).page
    await page.wait_for_load_state("networkidle")
    await stage.end(page)
    return page


async def dragging(report, page, name):
    """Frames a second while a rate is dragged, each instrument open in turn; the loss is the baseline."""
    base = None
    for panel in PANELS:
        await page.locator(f"[data-testid=stage] button[data-panel={panel}]").click()
        await stage.end(page)
        await asyncio.sleep(1)
        drawn = rate(stage.while_moving(await stage.drag(page))[0])
        base = base or drawn
        what = f"frames while a rate is dragged, {name}, {panel} open"
        report.add(what, f"{drawn:.0f}/s", f"{PANELS[0]} open: {base:.0f}/s", drawn / base, ("59/s", drawn >= 59))


async def opening(report, path, url, what):
    """Seconds from the click that opens an instrument until it has all that it computes."""
    panel, done, goal = what
    times = []
    for _ in range(OPENINGS):
        async with chromium(path) as browser:
            page = await rested(browser, url)
            click = f"stage().querySelector('button[data-panel={panel}]').click()"
            took = f"(async (begin) => ({click}, await {done}) - begin)(performance.now())"
            times.append(await page.evaluate(took) / 1000)
    found = median(times)
    report.add(f"{panel} from the click to its whole", f"{found:.2f} s", "", None, (f"{goal} s", found <= goal))


async def training_all(report, path, url):
    """The first lane of the chapter's experiment, trained at the pixels of Map; as many at once as there are cores but one."""
    times = []
    for _ in range(OPENINGS):
        async with chromium(path) as browser:
            page = await rested(browser, url)
            times.append(await page.evaluate(TRAINED, [COARSE, WATCHED]))
    coarse, pixels = (median(column) for column in zip(*times, strict=True))
    report.add(f"map of trainings, from the click to its first {COARSE} pixels", f"{coarse / 1000:.2f} s")
    report.add("map of trainings, then", f"{pixels:.0f} pixels/s")


async def rested(browser, url):
    """A page that has threads standing by, and takes down what they say."""
    page = await opened(browser, url)
    await page.evaluate(LISTEN)
    await asyncio.sleep(REST)
    return page
