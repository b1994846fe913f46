"""The ground of a figure: a surface as a map (2D) or in relief (3D), as Plotly JSON, without paths.

`speedup.figure` puts paths on it. The stage draws the map by a kernel of its own, and fills the relief's `style` with the
heights that its kernels compute. One quiet hue from the valleys (close to the page's background) to the walls, so that what
moves stands out. Bands and relief show the row's height: the loss, or its logarithm where it spans many powers of ten.
"""

import base64
import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from speedup.race import visibility
from speedup.race.visibility import EXTENT
from speedup.schema.parameters import Surface
from speedup.surfaces import SURFACES

BANDS = 16
MAP_CELLS, RELIEF_CELLS = 200, 120  # along each side
FINER = 3  # the map's heights are means over so many points a cell each way: no moiré in narrow valleys
ROOM = 0.14  # between two ticks of the relief's height, of the whole
FINEST = 8191  # the map's heights are sent as integers up to this: 512 to a band, finer than a pixel shows

# From the valleys to the walls; then the lines between bands, text and axes. Shading darkens the relief.
THEMES = {
    "light": {
        "map": ("#fbfcfd", "#e3eaf1", "#b3c1d0"),
        "line": "rgba(126, 146, 168, 0.5)",
        "relief": ("#f4f8fb", "#d9e4ee", "#aabccf"),
        "relief_line": "#ffffff",
        "text": "#445261",
        "axis": "#b4c0cc",
    },
    "dark": {
        "map": ("#10161d", "#1e2935", "#3f5062"),
        "line": "rgba(108, 132, 156, 0.45)",
        "relief": ("#18212b", "#2c3b4a", "#566a7e"),
        "relief_line": "#70869b",
        "text": "#b3c0cd",
        "axis": "#3d4b5a",
    },
}


def bare_figure(surface: str, params: Mapping[str, float], view: str, theme: str) -> dict[str, Any]:
    """Returns the ground of a surface as a dict for Plotly.js, arrays packed as Plotly's typed arrays.

    surface is a name in SURFACES, params {name: value} (defaults where missing), view "2d" or "3d", theme a name
    in THEMES (KeyError for any other). `layout.meta.extent` says how losses become heights, see `speedup.race.visibility`.
    """
    draw, cells = {"2d": (_map, MAP_CELLS * FINER), "3d": (_relief, RELIEF_CELLS)}[view]
    heights, extent = relief(SURFACES[surface], params, cells)
    made = draw(heights, extent, theme)
    made["layout"]["meta"] = {"extent": extent.tolist()}
    return made


def relief(row: Surface, params: Mapping[str, float], cells: int) -> tuple[np.ndarray, np.ndarray]:
    """Returns a surface's heights over its domain, float64 (cells + 1, cells + 1), rows along y, and their extent."""
    (x0, x1), (y0, y1) = row.domain
    points = np.stack(np.meshgrid(np.linspace(x0, x1, cells + 1), np.linspace(y0, y1, cells + 1)), axis=-1)
    heights = np.empty(points.shape[:2])
    visibility.values(heights, points, heights.size, row.index, np.array(row.record(params)))
    floor = 0.0 if row.minimum is None else row.minimum
    extent = np.array([x0, x1, y0, y1, 0, 0, row.scale == "log", floor, row.unit], float)
    visibility.heights(heights, heights, heights.size, extent)
    extent[EXTENT.low], extent[EXTENT.high] = heights.min(), heights.max()
    return heights, extent


def _coarser(heights):
    """Every FINER-th row, the mean of those around it weighted by a tent; the outermost rows as they are."""
    tent = np.concatenate([np.arange(1, FINER + 1), np.arange(FINER - 1, 0, -1)]) / FINER**2
    shifts = range(1, 2 * FINER)
    inner = [heights[shift : len(heights) - 2 * FINER + shift : FINER] for shift in shifts]
    return np.concatenate([heights[:1], np.tensordot(tent, inner, 1), heights[-1:]])


def _map(heights, extent, name):
    """Bands of equal height."""
    theme = THEMES[name]
    heights = _coarser(_coarser(heights).T).T
    x0, x1, y0, y1, low, high, *_ = extent
    size = FINEST / BANDS
    trace = {
        "type": "contour",
        "z": _packed(np.round((heights - low) / (high - low) * FINEST), "u2"),
        "x0": x0,
        "dx": (x1 - x0) / MAP_CELLS,
        "y0": y0,
        "dy": (y1 - y0) / MAP_CELLS,
        "contours": {"coloring": "fill", "start": size, "end": FINEST - size / 2, "size": size},
        "autocontour": False,
        "colorscale": _colorscale(theme["map"]),
        "showscale": False,
        "line": {"width": 0.5, "color": theme["line"]},
        "hoverinfo": "skip",
    }
    layout = {
        "xaxis": _map_axis(x0, x1, theme),
        "yaxis": _map_axis(y0, y1, theme),
        "dragmode": "pan",
        "margin": {"l": 42, "r": 10, "t": 10, "b": 30, "pad": 0},
    }
    return {"data": [trace], "layout": layout | _layout(theme)}


def _map_axis(low, high, theme):
    """An axis that can't be moved off the map."""
    return {
        "range": [low, high],
        "minallowed": low,
        "maxallowed": high,
        "showgrid": False,
        "zeroline": False,
        "ticks": "outside",
        "ticklen": 5,
        "tickcolor": theme["axis"],
        "nticks": 8,
    }


def style(name: str) -> dict[str, Any]:
    """Returns what every relief has in common in a theme, for Plotly: lit from one side, the map's bands drawn on it as lines."""
    theme = THEMES[name]
    trace = {
        "type": "surface",
        "contours": {"z": {"show": True, "width": 1, "color": theme["relief_line"]}},
        "colorscale": _colorscale(theme["relief"]),
        "showscale": False,
        "hoverinfo": "skip",
        "lighting": {"ambient": 0.85, "diffuse": 0.35, "specular": 0.05, "roughness": 0.9, "fresnel": 0.05},
    }
    scene = {
        "xaxis": _relief_axis("x", theme),
        "yaxis": _relief_axis("y", theme),
        "zaxis": _relief_axis("", theme),
        "dragmode": "turntable",
        "aspectmode": "manual",
        "aspectratio": {"x": 2.0, "y": 1.3, "z": 0.65},
        "camera": {"eye": {"x": 0.52, "y": -1.58, "z": 1.5}, "center": {"x": 0.02, "y": 0, "z": -0.18}},
    }
    layout = {"scene": scene, "margin": {"l": 0, "r": 0, "t": 0, "b": 0}}
    return {"data": [trace], "layout": layout | _layout(theme)}


def _relief(heights, extent, name):
    """The surface of so many heights. The stage does the same in relief_figure.js."""
    made = style(name)
    x0, x1, y0, y1, low, high, *_ = extent
    size = (high - low) / BANDS
    [trace], scene = made["data"], made["layout"]["scene"]
    trace["contours"]["z"] |= {"start": low + size, "end": high - size / 2, "size": size}
    trace["x"], trace["y"] = (np.linspace(*side, RELIEF_CELLS + 1).tolist() for side in ((x0, x1), (y0, y1)))
    trace["z"] = _packed(heights, "f4")
    for axis, side in ("xaxis", (x0, x1)), ("yaxis", (y0, y1)), ("zaxis", (low, high)):
        scene[axis]["range"] = list(side)
    if extent[EXTENT.log]:
        scene["zaxis"] |= _ticks(extent)
    return made


def _relief_axis(title, theme):
    """A thin axis without walls or spikes."""
    return {
        "title": {"text": title},
        "nticks": 6,
        "showbackground": False,
        "showspikes": False,
        "gridcolor": theme["axis"],
        "gridwidth": 1,
        "zeroline": False,
        "linecolor": theme["axis"],
    }


def losses() -> list[tuple[float, str]]:
    """Returns [(loss, text), ...] of what may have a tick along a logarithmic height, powers of ten first."""
    powers = 10.0 ** np.arange(-3, 13)
    all_of_them = np.concatenate([[0.0], powers, -powers, *(part * powers for part in (2, 5, -5, -2))])
    return [(loss, _short(loss)) for loss in all_of_them.tolist()]


def _ticks(extent):
    """Those along a logarithmic height that there is room for, the first ones first."""
    low, high, _, floor, unit = extent[EXTENT.low :]
    ticks: dict[float, str] = {}  # height -> text
    for loss, text in losses():
        height = math.log1p(max(loss - floor, 0) / unit)
        if height <= high and all(abs(height - other) > ROOM * (high - low) for other in (low, *ticks)):
            ticks[height] = text
    return {"tickmode": "array", "tickvals": list(ticks), "ticktext": list(ticks.values())}


def _short(z):
    """A loss in little room: −10, 2,000, 10⁵ (in Plotly's markup)."""
    if abs(z) < 1e4:
        return f"{z:,.6g}".replace("-", "−")
    digit, power = f"{z:.0e}".split("e+")
    return f"{digit}·10<sup>{int(power)}</sup>".removeprefix("1·")


def _layout(theme):
    """What both views share. The paper is the page's."""
    clear = "rgba(0,0,0,0)"
    return {
        "paper_bgcolor": clear,
        "plot_bgcolor": clear,
        "hovermode": False,
        "showlegend": False,
        "autosize": True,
        "font": {"size": 14, "color": theme["text"]},
    }


def _colorscale(colours):
    """Colours, evenly spaced, as Plotly wants them."""
    return [[i / (len(colours) - 1), colour] for i, colour in enumerate(colours)]


def _packed(array, dtype):
    """A 2D array as Plotly's typed array."""
    data = np.ascontiguousarray(array, np.dtype(dtype).newbyteorder("<")).tobytes()
    shape = ", ".join(map(str, array.shape))
    return {"dtype": dtype, "bdata": base64.b64encode(data).decode(), "shape": shape}
