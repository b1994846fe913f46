"""The ground of figures: valid for Plotly, drawn from the surface's own heights; the stage makes the same relief."""

import base64

import numpy as np
import plotly.graph_objects as go
import pytest

from speedup.export import ground
from speedup.surfaces import SURFACES
from tests.modules import evaluate

ALL = [(name, view) for name in SURFACES for view in ("2d", "3d")]


@pytest.fixture(scope="module")
def drawn():
    """All surfaces in both views, light."""
    return {(name, view): ground.bare_figure(name, {}, view, "light") for name, view in ALL}


def unpacked(spec):
    shape = [int(side) for side in spec["shape"].split(",")]
    return np.frombuffer(base64.b64decode(spec["bdata"]), "<" + spec["dtype"]).reshape(shape).astype(float)


@pytest.mark.parametrize("key", ALL, ids="-".join)
def test_is_a_figure(drawn, key):
    go.Figure(drawn[key])  # raises for what Plotly does not know


@pytest.mark.parametrize("name", SURFACES)
def test_map_covers_the_domain_in_bands_of_equal_height(drawn, name):
    trace, layout = drawn[name, "2d"]["data"][0], drawn[name, "2d"]["layout"]
    rows, columns = unpacked(trace["z"]).shape
    for axis, count, (low, high) in zip("xy", (columns, rows), SURFACES[name].domain):
        assert layout[f"{axis}axis"]["range"] == [low, high]
        first, step = trace[f"{axis}0"], trace[f"d{axis}"]
        assert [first, first + (count - 1) * step] == pytest.approx([low, high])
    levels = trace["contours"]
    count = (levels["end"] - levels["start"]) / levels["size"]
    assert 12 <= int(count) + 2 <= 18  # bands: one more than levels
    z = unpacked(trace["z"])
    assert 0 <= z.min() < levels["start"] and levels["end"] < z.max() <= ground.FINEST


@pytest.mark.parametrize("name", SURFACES)
def test_map_shows_the_heights(drawn, name):
    shown = unpacked(drawn[name, "2d"]["data"][0]["z"]) / ground.FINEST
    heights, _ = ground.relief(SURFACES[name], {}, ground.MAP_CELLS)
    exact = (heights - heights.min()) / (heights.max() - heights.min())
    off = np.abs(shown - exact)[1:-1, 1:-1]
    assert off.max() < 0.06 and off.mean() < 0.005  # they are means over a cell


@pytest.mark.parametrize("name", SURFACES)
def test_relief_shows_the_heights(drawn, name):
    trace, layout = drawn[name, "3d"]["data"][0], drawn[name, "3d"]["layout"]
    heights, extent = ground.relief(SURFACES[name], {}, ground.RELIEF_CELLS)
    np.testing.assert_allclose(unpacked(trace["z"]), heights, rtol=1e-6, atol=1e-6)
    assert layout["meta"]["extent"] == extent.tolist()
    assert [trace["x"][0], trace["x"][-1]] == pytest.approx(SURFACES[name].domain[0])
    assert [trace["y"][0], trace["y"][-1]] == pytest.approx(SURFACES[name].domain[1])
    assert layout["scene"]["zaxis"]["range"] == pytest.approx([heights.min(), heights.max()])


@pytest.mark.parametrize("name", [name for name, row in SURFACES.items() if row.scale == "log"])
def test_ticks_name_true_losses(drawn, name):
    axis, row = drawn[name, "3d"]["layout"]["scene"]["zaxis"], SURFACES[name]
    assert 3 <= len(axis["tickvals"]) <= 9
    for height, text in zip(axis["tickvals"], axis["ticktext"]):
        plain = text.replace("10<sup>", "1e").replace("·1e", "e").removesuffix("</sup>")
        plain = plain.replace("−", "-").replace(",", "")
        assert height == pytest.approx(np.log1p((float(plain) - row.minimum) / row.unit), rel=1e-12)
        assert axis["range"][0] <= height <= axis["range"][1]


# As the stage makes them, of each [surface, params, theme]; heights in base64.
STAGE_S = """(async () => {
  const { loadTables } = await import("./base/load.js");
  const { loadKernels } = await import("./model/kernels.js");
  const kernels = await loadKernels("held:/", (await loadTables("held:/", "en")).tables);
  return arg.map(([surface, params, theme]) => {
    const figure = it.reliefFigure(kernels, { surface, params }, theme);
    const [trace] = figure.data;
    trace.z = trace.z.map((row) => Buffer.from(Float32Array.from(row).buffer).toString("base64"));
    return figure;
  });
})()"""


def test_the_stage_makes_the_same_relief():
    full = {name: {row.name: row.default for row in surface.parameters} for name, surface in SURFACES.items()}
    asked = [(name, params, theme) for name, params in full.items() for theme in ground.THEMES]
    asked += [("long_valley", {"condition": 700.0, "angle": -33.0}, "dark")]
    for (surface, params, theme), theirs in zip(asked, evaluate("model/relief_figure", STAGE_S, asked), strict=True):
        ours = ground.bare_figure(surface, params, "3d", theme)
        heights = unpacked(ours["data"][0].pop("z"))
        rows = [np.frombuffer(base64.b64decode(row), "<f4") for row in theirs["data"][0].pop("z")]
        np.testing.assert_allclose(rows, heights, rtol=1e-6, atol=1e-12 * np.abs(heights).max())
        assert_close(theirs, ours)


def assert_close(one, other):
    """Plain JSON alike, numbers to 1e-12 of them."""
    if isinstance(one, dict):
        assert one.keys() == other.keys()
        one, other = list(one.values()), [other[name] for name in one]
    if isinstance(one, list):
        assert len(one) == len(other)
        for a, b in zip(one, other):
            assert_close(a, b)
    elif isinstance(one, float) or isinstance(other, float):
        assert one == pytest.approx(other, rel=1e-12, abs=1e-12)
    else:
        assert one == other


def test_themes_differ_in_colours_only():
    for view in ("2d", "3d"):
        light, dark = (ground.bare_figure("beale", {}, view, theme) for theme in ("light", "dark"))
        assert light != dark
        assert _without_colours(light) == _without_colours(dark)


def _without_colours(value):
    if isinstance(value, dict):
        return {key: _without_colours(one) for key, one in value.items() if "color" not in key}
    return [_without_colours(one) for one in value] if isinstance(value, list) else value


def test_parameters_bend_the_surface():
    several = {}, {"angle": 40.0}, {"condition": 50.0}
    default, turned, given = (ground.bare_figure("long_valley", params, "2d", "light") for params in several)
    assert default["data"][0]["z"] != turned["data"][0]["z"]
    assert default == given


@pytest.mark.parametrize("bad", ["nowhere 2d light", "beale 4d light", "beale 2d pink"])
def test_what_there_is_not_is_not_drawn(bad):
    surface, view, theme = bad.split()
    with pytest.raises(KeyError):
        ground.bare_figure(surface, {}, view, theme)
