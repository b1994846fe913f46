"""The playhead as time passes, in Node."""

from tests.modules import evaluate

MADE = "const clock = new it.Clock(() => {}, () => Infinity, 60); clock.resize(1000); clock.seek(0);"


def played(times):
    """The playhead after each of the times (ms) of frames, from where it begins to play, at 60 steps a second."""
    expression = f"(() => {{ {MADE} clock.play(); return arg.map((now) => (clock.advance(now), clock.t)); }})()"
    return evaluate("model/clock", expression, times)


def test_it_goes_with_the_time_between_frames():
    assert played([1000, 1050, 1100, 1200]) == [0, 3, 6, 12]


def test_a_tab_that_slept_goes_on_where_it_was():
    hour = 3_600_000
    assert played([0, 100, hour, hour + 100]) == [0, 6, 21, 27]  # as if a quarter of a second had passed


def test_what_is_paused_stays():
    assert (
        evaluate("model/clock", f"(() => {{ {MADE} clock.seek(7); clock.advance(0); clock.advance(99); return clock.t; }})()")
        == 7
    )
