"""The playhead as time passes, in Node."""

import random

import pytest

from tests.modules import evaluate

MADE = "const clock = new it.Clock(() => {}, () => Infinity, 60); clock.resize(1000); clock.seek(0);"


def played(times):
    """The playhead after each of the times (ms) of frames, from where it begins to play, at 60 steps a second."""
    expression = f"(() => {{ {MADE} clock.play(); return arg.map((now) => (clock.advance(now), clock.t)); }})()"
    return evaluate("model/clock", expression, times)


def test_it_goes_with_the_time_between_frames():
    assert played([1000, 1050, 1100, 1200]) == pytest.approx([0.5, 3.5, 6.5, 12.5])


def test_a_tab_that_slept_goes_on_where_it_was():
    hour = 3_600_000
    assert played([0, 100, hour, hour + 100]) == pytest.approx([0.5, 6.5, 21.5, 27.5])  # as if a quarter of a second had passed


def test_what_is_paused_stays():
    assert (
        evaluate("model/clock", f"(() => {{ {MADE} clock.seek(7); clock.advance(0); clock.advance(99); return clock.t; }})()")
        == 7
    )


@pytest.mark.parametrize("begin", [0, 1000 / 3, 12345.6])
def test_a_step_a_frame_is_every_step_once_even_if_frames_come_early_or_late(begin):
    late = random.Random(1)
    frames = [begin + 1000 / 60 * i + late.uniform(-3, 3) for i in range(300)]
    assert [int(t) for t in played(frames)] == list(range(300))


def test_a_loop_begins_each_time_alike():
    expression = f"(() => {{ {MADE} clock.resize(5); clock.loop = true; clock.play(); return arg.map((now) => (clock.advance(now), clock.t)); }})()"
    times = [1000 / 60 * i for i in range(100)]
    found = evaluate("model/clock", expression, times)
    again = found.index(0)  # after its rest at the end
    assert found[:5] == pytest.approx([0.5, 1.5, 2.5, 3.5, 4.5])
    assert found[again + 1 : again + 6] == pytest.approx(found[:5])
