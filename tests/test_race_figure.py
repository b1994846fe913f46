"""The library's figure: the race's own numbers, the stage's names and colours, and no Plotly before it is called."""

import subprocess
import sys

import numpy as np
import pytest

from speedup import OPTIMIZERS, SURFACES, Lane, RaceSpec, SpecError, figure, simulate
from speedup.export import lane_looks
from tests.modules import evaluate
from tests.servers import ROOT

LANES = (Lane("sgd", lr=0.01), Lane("sgd", lr=0.0002), Lane("adam", lr=0.05), Lane("momentum", momentum=0.5), Lane("adam", beta1=0.5), Lane("sgd", lr=0.01, weight_decay=0.1))  # fmt: skip
RACE = simulate(RaceSpec("rosenbrock", steps=30, lanes=LANES))
OF_LANES = """(async () => {
  const { tones } = await import("./draw/markers.js");
  const tables = { optimizers: arg.optimizers };
  const of = (theme) => ({ spec: { lanes: arg.lanes, changes: [] }, tables, theme, projector: { on: false }, words: (key) => key, step: 0 });
  return ["light", "dark"].map((theme) => arg.lanes.map((_, i) => [it.laneLabel(of(theme), i), it.laneColour(of(theme), i)]));
})()"""


def traces(drawn, i):
    """Line, dots, ball and entry in the legend of a lane."""
    return [trace for trace in drawn.data if trace.legendgroup == f"lane {i}"]


@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("view", ["2d", "3d"])
def test_every_surface_and_optimizer_is_drawn(surface, view):
    race = simulate(RaceSpec(surface, steps=20, lanes=[Lane(name) for name in OPTIMIZERS]))
    drawn = figure(race, view)
    (x0, x1), (y0, y1) = SURFACES[surface].domain
    for i, row in enumerate(OPTIMIZERS.values()):
        line, dots, ball, entry = traces(drawn, i)
        assert entry.name == row.label and entry.marker.symbol == row.marker and entry.line.dash == row.dash
        for x, y in ((line.x, line.y), (dots.x, dots.y)):
            x, y = np.array(x, float), np.array(y, float)
            assert (
                np.nanmin(x) >= x0 - 1e-9
                and np.nanmax(x) <= x1 + 1e-9
                and np.nanmin(y) >= y0 - 1e-9
                and np.nanmax(y) <= y1 + 1e-9
            )
        assert [line.x[0], line.y[0]] == list(race.spec.start)
        x, y, _ = race.paths[i, -1]
        on = x0 <= x <= x1 and y0 <= y <= y1
        assert (ball.x[0], ball.y[0]) == ((x, y) if on else (None, None))
    stars = [trace for trace in drawn.data if trace.name == "minimum" and trace.hovertext]
    assert [(x, y) for trace in stars for x, y in zip(trace.x, trace.y)] == list(SURFACES[surface].minima)


def test_the_dots_are_the_path():
    drawn = figure(RACE)
    line, dots, *_ = traces(drawn, 2)
    assert np.array_equal(np.transpose([dots.x, dots.y]), RACE.paths[2, :, :2]) and len(dots.hovertext) == 31
    assert np.allclose(np.transpose([line.x, line.y]), RACE.paths[2, :, :2], rtol=1e-12)
    x, y, loss = RACE.paths[2, 7]
    assert dots.hovertext[7] == f"Adam lr\u00a00.05<br>step 7 / 30<br>x {x:.4g}, y {y:.4g}<br>loss {loss:.4g}".replace("-", "−")


def test_a_path_is_cut_at_the_border():
    """It leaves the map, crosses it again and diverges: NaN between its parts, and no ball."""
    line, _, ball, _ = traces(figure(RACE), 0)
    x, y = np.array(line.x, float), np.array(line.y, float)
    assert (RACE.diverged[0] > 0 and np.isnan(x).any() and ball.x == (None,)) or list(ball.x) == [None]
    ends = np.flatnonzero(np.isnan(x)) - 1
    (x0, x1), (y0, y1) = SURFACES["rosenbrock"].domain
    assert all(min(abs(x[end] - x0), abs(x[end] - x1), abs(y[end] - y0), abs(y[end] - y1)) < 1e-9 for end in ends)


@pytest.mark.parametrize("view", ["2d", "3d"])
def test_a_path_may_be_a_point(view):
    lanes = Lane("adam", lr=0.1, eps=0.0), Lane("sgd", lr=10.0)
    for start in (1.0, 1.0), (2.0, 3.0):  # in the minimum it divides 0 by 0; elsewhere it is far out after a step or two
        race = simulate(RaceSpec("rosenbrock", start, steps=9, lanes=lanes))
        assert [list(trace.x[:1]) for trace in traces(figure(race, view), 0)[:2]] == [[start[0]], [start[0]]]
    assert (race.diverged > 0).any()


def test_names_and_colours_are_the_stage_s():
    optimizers = {
        row.name: {"label": row.label, "colour": row.colour, "hyperparameters": [{"name": p.name, "symbol": p.symbol} for p in row.hyperparameters]}
        for row in OPTIMIZERS.values()
    }  # fmt: skip
    lanes = [{"optimizer": lane.optimizer, "h": dict(lane.hyperparameters), "batch": None} for lane in LANES]
    for theme, shown in zip(("light", "dark"), evaluate("draw/format", OF_LANES, {"optimizers": optimizers, "lanes": lanes})):
        own = [list(pair) for pair in zip(lane_looks.names(LANES, "en"), lane_looks.colours(LANES, theme))]
        assert own == shown


def test_themes_and_languages():
    light, dark, chinese = figure(RACE), figure(RACE, "2d", "dark"), figure(RACE, lang="zh")
    assert light.layout.paper_bgcolor != dark.layout.paper_bgcolor and light.layout.title.text != chinese.layout.title.text


@pytest.mark.parametrize("field, value", [("view", "4d"), ("view", 3), ("theme", "pink"), ("theme", None), ("lang", "xx")])
def test_what_there_is_not_is_named(field, value):
    with pytest.raises(SpecError) as error:
        figure(RACE, **{field: value})
    assert error.value.field == field
    with pytest.raises(TypeError, match="figure takes a Race, not RaceSpec"):
        figure(RACE.spec)


def test_without_plotly_it_says_how_to_get_it():
    code = "import sys; sys.modules['plotly'] = None\nfrom speedup import *\nfigure(simulate(RaceSpec(lanes=[Lane('sgd')])))"
    done = subprocess.run((sys.executable, "-c", code), cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stderr.strip().endswith(
        "ModuleNotFoundError: figure needs Plotly, which isn't installed: pip install 'speedup[app]'"
    )
