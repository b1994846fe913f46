"""The figures of the real app in a real Chromium, each beside the baseline app's or the native kernel's."""

import asyncio
import functools
from statistics import median

from bench import cases, stage, streamlit_only
from bench.browser import ASSETS, chromium, in_turns, latencies, modules, program, rate, script_alone, visit
from bench.report import p95
from bench.servers import ours
from speedup.race.race import race

VISITS = 5
DRAGS = 3  # the first one is of a page whose script the browser has just begun to compile
SLACK = 1.5  # times the native kernel's
FRAME = 1000 / 60


def measure(report):
    """Adds all rows that need a browser."""
    path = program()
    asyncio.run(measure_in(path, report))


async def measure_in(path, report):
    """The baseline first, then ours: one server at a time."""
    print("  st.slider + st.plotly_chart", flush=True)
    baseline = await streamlit_only.measured(path)
    with ours() as server:
        print("  first visits", flush=True)
        await first_visits(report, path, server, baseline)
        async with chromium(path) as browser:
            print("  dragging, playing, committing", flush=True)
            visited = await visit(browser, f"{server.url}/?{cases.scene_query()}")
            await visited.page.wait_for_load_state("networkidle")
            await dragging(report, visited.page, baseline)
            await playing(report, visited.page, baseline)
            await committing(report, visited, server, baseline)
            print("  kernels", flush=True)
            await kernels(report, visited.page, server)


async def first_visits(report, path, server, baseline):
    """Seconds to the first frame, bytes and requests, of visits by browsers that have never been here."""
    for what, address, goal in (("player", "/play", 1.0), ("app", "/", 2.5)):
        seconds = []
        for _ in range(VISITS + 1):  # the first one warms the server
            async with chromium(path) as browser:
                visited = await visit(browser, server.url + address)
                seconds.append(visited.first)
                await visited.page.wait_for_load_state("networkidle")
                sizes = await visited.page.evaluate(f"{ASSETS}.map((entry) => entry.encodedBodySize)")
        first, kilobytes = median(seconds[1:]), sum(sizes) / 1000
        report.add(
            f"first frame of the {what}, cold cache, server warm",
            f"{first:.2f} s",
            f"baseline app: {baseline.first:.2f} s",
            first / baseline.first,
            (f"{goal} s", first <= goal),
        )
        report.add(
            f"bytes of a first visit of the {what}, besides its page and Streamlit's own",
            f"{kilobytes:.0f} KB, {len(sizes)} files",
            target=("300 KB, 8 files", kilobytes <= 300 and len(sizes) <= 8),
        )


async def dragging(report, page, baseline):
    """From a mouse event to painted pixels, and how many of the frames after one show another run."""
    await stage.end(page)
    drags = [stage.while_moving(await stage.drag(page)) for _ in range(DRAGS)]
    times = [time for _, pictures in drags for time in latencies(pictures)]
    slow, typical = p95(times), median(times)
    report.add(
        "slider to pixels while dragging, median",
        f"{typical:.1f} ms",
        "one frame: 16.7 ms",
        typical / FRAME,
        ("17 ms", typical <= 17),
    )
    report.add(
        "slider to pixels while dragging, p95", f"{slow:.1f} ms", "two frames: 33.3 ms", slow / FRAME / 2, ("25 ms", slow <= 25)
    )
    moved = sum(frame["moved"] for frames, _ in drags for frame in frames)
    share = sum(len(pictures) for _, pictures in drags) / moved
    drawn, shown = (median(map(rate, which)) for which in zip(*drags, strict=True))
    report.add(
        "runs drawn while dragging",
        f"{shown:.0f}/s",
        f"frames drawn: {drawn:.0f}/s",
        shown / drawn,
        (f"in every frame after a move: {share:.0%}", share >= 0.99),
    )
    said = f"st.slider + st.plotly_chart: {baseline.change:,.0f} ms"
    report.add(
        "slider to pixels, against the baseline app",
        f"{typical:.1f} ms",
        said,
        typical / baseline.change,
        ("at most 1/20", typical <= baseline.change / 20),
    )


async def playing(report, page, baseline):
    """Steps drawn while the race plays, each a picture of its own. At 1× it takes 40 steps a second."""
    said = f"baseline app: {baseline.rate:.0f} frames/s"
    for speed, target in ((1, 39), (4, 59)):
        drawn = rate(await stage.play(page, speed))
        report.add(
            f"steps drawn while playing at {speed}×, 2D",
            f"{drawn:.0f}/s",
            said,
            drawn / baseline.rate,
            (f"{target}/s", drawn >= target),
        )


async def committing(report, visited, server, baseline):
    """What a change costs once it is committed: the server runs the page again."""
    sent, spent = await stage.commit(visited, server)
    report.add(
        "committed change, bytes over the WebSocket",
        f"{sent / 1000:.1f} KB",
        f"baseline app: {baseline.sent / 1000:.1f} KB",
        sent / baseline.sent,
        ("10 KB", sent <= 10_000),
    )
    if spent is None:
        report.note("committed change, CPU of the rerun: needs /proc.")
        return
    said = f"baseline app: {1000 * baseline.cpu:.0f} ms"
    report.add(
        "committed change, CPU of the server", f"{1000 * spent:.1f} ms", said, spent / baseline.cpu, ("15 ms", spent <= 0.015)
    )


async def kernels(report, page, server):
    """Nanoseconds per step in the browser; native and browser take turns."""
    base = await modules(page)
    await script_alone(page, server, base)
    for name in cases.KERNELS:
        arguments = cases.arguments(name)
        given = {
            "base": base,
            "steps": cases.STEPS,
            "arrays": [array.ravel().tolist() for array in arguments[:4]],
            "numbers": arguments[4:],
        }
        theirs, ours, found = await in_turns(page, "kernels.js", given, functools.partial(race, *arguments))
        if found["end"] != arguments[0][-1].tolist():
            raise ArithmeticError(f"{name} in the browser runs another path than natively")
        report.add(
            f"{name} in the browser, ns per step",
            f"{ours:.1f} ns",
            f"native: {theirs:.1f} ns",
            ours / theirs,
            (f"at most {SLACK}", ours <= SLACK * theirs),
        )
