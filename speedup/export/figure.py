"""A race as a Plotly figure, for notebooks and files: the surface, and on it every lane's path with its start and its end."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from speedup.export import lane_looks
from speedup.export.ground import THEMES, bare_figure
from speedup.optimizers import OPTIMIZERS
from speedup.race import visibility
from speedup.race.race import Race
from speedup.race.visibility import EXTENT, LIFT
from speedup.schema import validation
from speedup.schema.frozen import Frozen
from speedup.surfaces import SURFACES
from speedup.words import i18n, results

VIEWS = "2d", "3d"
PIECES = 120  # a line right across the relief is laid onto the ground in so many
BALL, DOT, RING, STAR = 14, 4.5, 18, 17  # sizes, in pixels
LIFT_OF_MARKS = 0.05  # of the height of the relief, which would hide half of them
RIMS = {"light": "#ffffff", "dark": "#0c1117"}
SOLID_MARKERS = "circle", "square", "diamond", "cross", "x", "circle-open"  # those that Plotly has in 3D; the others are type:
GLYPHS = {"triangle-up": "▲", "triangle-down": "▼", "star": "★", "hexagon": "⬢", "pentagon": "⬟", "star-open": "☆"}
MOST_PLACES = max(1, *(len(row.minima) for row in SURFACES.values()))  # that are marked alike
CLEAR = "rgba(0,0,0,0)"


def figure(race: Race, view: str = "2d", theme: str = "light", lang: str = "en") -> Any:
    """Draws a Race as a plotly.graph_objects.Figure: the map ("2d") or the relief ("3d") with the paths of all lanes.

    Names, colours and markers are the app's, theme is "light" or "dark", lang a language of the app. What lies outside the
    map isn't drawn. Raises TypeError for anything else than a Race, SpecError for a view, theme or language that isn't there,
    and ModuleNotFoundError where Plotly isn't installed, which comes with `speedup[app]`.
    """
    validation.instance(race, Race, "figure")
    view = validation.choice("view", view, VIEWS)
    theme = validation.choice("theme", theme, THEMES)
    lang = validation.choice("lang", lang, i18n.LANGUAGES)
    Figure = _plotly().Figure
    drawn = Figure(bare_figure(race.spec.surface, race.spec.params, view, theme))
    ground = (_Map if view == "2d" else _Relief)(race, np.array(drawn.layout.meta["extent"]))
    drawn.add_traces([*_lanes(race, ground, theme, lang), *_places(race.spec, ground, theme, lang)])
    paper = THEMES[theme]["map"][0]
    drawn.update_layout(
        title={"text": i18n.text(lang, f"surfaces.{race.spec.surface}.label"), "x": 0.02, "xanchor": "left"},
        legend={"bgcolor": CLEAR, "itemsizing": "constant", "x": 1.01, "y": 1.0},
        **{"width": 960, "height": 600, "showlegend": True, "hovermode": "closest", "margin": {"t": 56, "r": 180}},
        **{"paper_bgcolor": paper, "plot_bgcolor": paper, "hoverlabel": {"align": "left"}},
        **ground.layout,
    )
    return drawn


def _plotly():
    try:
        import plotly.graph_objects as go
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "plotly":
            raise
        raise ModuleNotFoundError(
            "figure needs Plotly, which isn't installed: pip install 'speedup[app]'", name="plotly"
        ) from None
    return go


def _lanes(race, ground, theme, lang):
    """Yields each lane's line, its dots, its ball, and its entry in the legend, which hides and shows all four."""
    names, colours = lane_looks.names(race.spec.lanes, lang), lane_looks.colours(race.spec.lanes, theme)
    for i, path in enumerate(race.paths):
        row, colour, own = OPTIMIZERS[race.spec.lanes[i].optimizer], colours[i], {"legendgroup": f"lane {i}", "name": names[i]}
        path, quiet = path[np.isfinite(path).all(axis=1)], own | {"showlegend": False, "hoverinfo": "text"}
        line, rim = {"color": colour, "width": ground.width, "dash": row.dash}, {"color": RIMS[theme], "width": 1.5}
        yield quiet | {"mode": "lines", "line": line, "hoverinfo": "skip"} | ground.at(ground.line(path))
        said = [_said(names[i], race.spec, step, point, lang) for step, point in enumerate(path) if ground.holds(point)]
        yield quiet | ground.dots(colour) | ground.at(ground.points(path)) | {"hovertext": said}
        ball = {"hovertext": f"{names[i]}: {results.status(race, i, lang)}"}
        yield quiet | ground.mark(row.marker, BALL, colour, rim) | ground.at(ground.points(path[-1:]), LIFT_OF_MARKS) | ball
        marker = {"symbol": row.marker, "size": BALL, "color": colour, "line": rim}
        yield own | {"type": "scatter", "x": [None], "y": [None], "mode": "lines+markers", "line": line, "marker": marker}


def _places(spec, ground, theme, lang):
    """Yields the start and the minima, and what the legend has of them."""
    colour, row = THEMES[theme]["text"], SURFACES[spec.surface]
    for word, symbol, size, places in ("start", "circle-open", RING, [spec.start]), ("minimum", "star-open", STAR, row.minima):
        if places:
            name, points = i18n.text(lang, f"stage.{word}"), ground.points(np.array(places))
            own, rim = {"name": name, "legendgroup": word}, {"color": colour, "width": 2}
            said = {"hovertext": [f"{name}: {x:.6g}, {y:.6g}" for x, y in places], "hoverinfo": "text", "showlegend": False}
            yield own | ground.mark(symbol, size, colour, rim) | ground.at(points, LIFT_OF_MARKS) | said
            marker = {"symbol": symbol, "size": BALL, "color": colour, "line": rim}
            yield own | {"type": "scatter", "x": [None], "y": [None], "mode": "markers", "marker": marker}


def _said(name, spec, step, point, lang):
    """What a step's dot says: lane, step, place and loss."""
    x, y, loss = (f"{value:.4g}".replace("-", "−") for value in point)
    said = i18n.text(lang, "stage.step", step=step, steps=spec.steps), f"x {x}, y {y}", i18n.text(lang, "stage.loss", loss=loss)
    return "<br>".join([name, *said])


class _Map:
    """The ground of the flat map: points are x, y."""

    width, pieces = 2.5, 1
    layout: Mapping[str, Any] = Frozen()

    def __init__(self, race, extent):
        self.spec, self.extent = race.spec, extent
        self.low, self.high = extent[[EXTENT.x0, EXTENT.y0]], extent[[EXTENT.x1, EXTENT.y1]]

    def holds(self, point):
        """Tells whether a point is on the map."""
        return bool((self.low <= point[:2]).all() and (point[:2] <= self.high).all())

    def points(self, path):
        """Returns (n, 2): those points of a path that are on the map."""
        return np.array([point[:2] for point in path if self.holds(point)]).reshape(-1, 2)

    def line(self, path):
        """Returns (n, 2): the line through a path's points, cut at the border; NaN where it comes back."""
        xy, way = path[:-1, :2], np.diff(path[:, :2], axis=0)
        with np.errstate(all="ignore"):  # a path that stands still, or strays to 1e300
            ends = np.sort([(self.low - xy) / way, (self.high - xy) / way], axis=0)
            enter, leave = np.fmax(0.0, np.fmax.reduce(ends[0], axis=1)), np.fmin(1.0, np.fmin.reduce(ends[1], axis=1))
            pieces = np.nan_to_num(np.ceil(np.abs(way / (self.high - self.low)).max(axis=1) * (leave - enter) * self.pieces))
        found = [self.points(path[:1])]
        for i in np.flatnonzero(enter <= leave):
            parts = np.linspace(enter[i], leave[i], 1 + int(np.clip(pieces[i], 1, self.pieces)))[:, None]
            found += [np.full((1, 2), np.nan)] if enter[i] > 0 else []
            found += [xy[i] + (parts if enter[i] > 0 else parts[1:]) * way[i]]
        return np.concatenate(found)

    def at(self, points, lift=0.0):
        """Returns what of a trace says where points are; of no point at all too. The map has no heights to lift them by."""
        x, y = points.T if len(points) else ([None], [None])
        return {"type": "scatter", "x": x, "y": y}

    def dots(self, colour):
        """Returns what of a trace says how steps are drawn."""
        return {"mode": "markers", "marker": {"color": colour, "size": DOT}}

    def mark(self, symbol, size, colour, rim):
        """Returns what of a trace says how a marker is drawn."""
        return {"mode": "markers", "marker": {"symbol": symbol, "size": size, "color": colour, "line": rim}, "cliponaxis": False}


class _Relief(_Map):
    """The ground of the relief: points x, y lie on it, at the height at which it is drawn there."""

    width, pieces = 5, PIECES
    # The legend's entries are flat and need axes: out of sight, and out of the mouse's way.
    layout = Frozen(
        scene_camera={"eye": {"x": 0.4, "y": -1.3, "z": 2.35}, "center": {"x": 0, "y": 0, "z": -0.2}},
        **{axis: {"visible": False, "fixedrange": True, "domain": [0, 0.001]} for axis in ("xaxis", "yaxis")},
    )

    def at(self, points, lift=LIFT):
        """Returns what of a trace says where points are, so much of the extent's height above the ground."""
        row, places, z = SURFACES[self.spec.surface], np.ascontiguousarray(points, float), np.empty(len(points))
        if len(points):
            visibility.values(z, places, len(z), row.index, np.array(row.record(self.spec.params)))
            visibility.heights(z, z, len(z), self.extent)
        x, y = places.T if len(points) else ([None], [None])
        lifted = z + lift * (self.extent[EXTENT.high] - self.extent[EXTENT.low]) if len(points) else [None]
        return {"type": "scatter3d", "x": x, "y": y, "z": lifted}

    def dots(self, colour):
        """Returns what of a trace says how steps are drawn."""
        return {"mode": "markers", "marker": {"color": colour, "size": DOT - 2}}

    def mark(self, symbol, size, colour, rim):
        """Returns what of a trace says how a marker is drawn: those that Plotly lacks in 3D as type."""
        if symbol in SOLID_MARKERS:
            return {"mode": "markers", "marker": {"symbol": symbol, "size": 0.7 * size, "color": colour, "line": rim}}
        font = {"color": colour, "size": 1.6 * size}
        return {"mode": "text", "text": [GLYPHS[symbol]] * MOST_PLACES, "textposition": "middle center", "textfont": font}
