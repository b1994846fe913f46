"""Where trails should be seen, and what is seen there.

On the flat map that is where the ground has these places. In relief Plotly itself is asked to draw markers at points of a
path, in the very map that the visitor sees: their pixels are where that path's trail has to be.
"""

import io
from contextlib import contextmanager

import numpy as np
from PIL import Image

from speedup import OPTIMIZERS, SURFACES, simulate
from speedup.export.ground import BANDS, THEMES, relief
from speedup.race import visibility

COLOURS = ("#ff00ff", "#ff0000", "#00ff00", "#00ffff", "#0000ff")  # of markers; no map has them
CLOSE = 70  # of 255: how far the colours of an edge's pixels may be off
NEAR = 2  # pixels

MAP = """const map = stage.querySelector(".still:not([data-away])");
  const scene = map._fullLayout?.scene._scene;"""
FRAMES = "const frames = async (n) => { while (n--) await new Promise(requestAnimationFrame); };"
# Markers instead of all that is ours: canvases, the start's ring, the reading beside the pointer.
SHOW = f"""async (stage, [[x, y, z], color, alone]) => {{
  {MAP} {FRAMES}
  const trace = {{ x, y, mode: "markers", marker: {{ color, size: 9, opacity: 1, line: {{ width: 0 }} }} }};
  await Plotly.relayout(map, {{ "scene.camera": scene.getCamera() }});
  await Plotly.addTraces(map, {{ ...trace, z, type: "scatter3d" }});
  if (alone) await Plotly.restyle(map, {{ visible: false }}, [0]);
  for (const ours of map.parentElement.children) if (ours !== map) ours.style.visibility = "hidden";
  await frames(2);
}}"""
HIDE = f"""async (stage) => {{
  {MAP} {FRAMES}
  for (const ours of map.parentElement.children) ours.style.visibility = "";
  await Plotly.deleteTraces(map, -1);
  await Plotly.restyle(map, {{ visible: true }}, [0]);
  await frames(2);
}}"""
# The trails alone: the start's ring, stars, balls and names lie over them.
BARE = f"""async (stage, bare) => {{
  {MAP} {FRAMES}
  const [trails, ...others] = [...map.parentElement.children].filter((one) => !one.matches(".still"));
  for (const other of others) other.style.visibility = bare ? "hidden" : "";
  await frames(2);
}}"""
LISTEN = f"""(stage) => {{
  {MAP}
  const before = map.dataset.window;
  let moved = false;
  map.once?.("plotly_relayout", () => {{ moved = true; }});
  stage.hasMoved = () => (scene ? moved : map.dataset.window !== before && map.querySelector("[data-sharp]") !== null);
}}"""
REST = f"""async (stage) => {{
  {MAP} {FRAMES}
  const eye = () => (scene ? Array.from(scene.glplot.cameraParams.view).join() : map.dataset.window);
  for (let rest = 0, last = ""; rest < 5; last = eye()) {{
    await frames(1);
    rest = eye() === last ? rest + 1 : 0;
  }}
}}"""


# Of the flat map, in pixels from the map's corner.
GROUND = """(stage) => {
  const ground = stage.querySelector(".ground"), box = ground.querySelector("canvas").getBoundingClientRect();
  const { left, top } = stage.querySelector(".map").getBoundingClientRect();
  return [ground.dataset.window.split(",").map(Number), [box.left - left, box.top - top, box.width, box.height]];
}"""
INK = """(stage, [column, row]) => {
  const canvas = stage.querySelector(".ground canvas");
  const at = [[column, canvas.width], [row, canvas.height]].map(([share, side]) => Math.floor(share * side));
  return Array.from(canvas.getContext("2d").getImageData(...at, 1, 1).data);
}"""


class Ground:
    """The flat map that a visitor sees, without what lies over it."""

    def __init__(self, visitor):
        self.stage = visitor.stage
        (self.x0, self.x1, self.y0, self.y1), (self.left, self.top, self.width, self.height) = self.stage.evaluate(GROUND)

    def shares(self, x, y):
        """How far right and down of its left top corner a place is, of its width and height."""
        return (x - self.x0) / (self.x1 - self.x0), (self.y1 - y) / (self.y1 - self.y0)

    def pixel(self, x, y):
        """Where a place is, in pixels from the map's corner."""
        column, row = self.shares(x, y)
        return self.left + column * self.width, self.top + row * self.height

    def colour(self, x, y):
        """(red, green, blue) at a place."""
        red, green, blue, opacity = self.stage.evaluate(INK, list(self.shares(x, y)))
        assert opacity == 255
        return np.array([red, green, blue])


def band_colour(surface, params, place, theme):
    """(red, green, blue) of the band that a place of the whole map is in."""
    row = SURFACES[surface]
    _, extent = relief(row, params, 96)
    heights = np.array([row.kernel(*place, *row.record(params)[:2])[0]])
    visibility.heights(heights, heights, 1, extent)
    band = np.floor((heights[0] - extent[4]) / (extent[5] - extent[4]) * BANDS)
    stops = np.array([rgb(colour) for colour in THEMES[theme]["map"]])
    at = band / (BANDS - 1) * (len(stops) - 1)
    return np.round([np.interp(at, range(len(stops)), channel) for channel in stops.T])


def rgb(colour):
    """(red, green, blue) of "#rrggbb"."""
    return np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)])


class Trail:
    """The trail of the first lane that a visitor sees."""

    def __init__(self, visitor, steps):
        self.visitor, self.steps = visitor, steps
        race = simulate(visitor.race)
        self.points = np.ascontiguousarray(race.paths[0, list(steps)].T)
        self.colour = OPTIMIZERS[race.spec.lanes[0].optimizer].colour

    @property
    def relief(self):
        """Whether that is the view."""
        return self.visitor.stage.evaluate(f"(stage) => {{ {MAP} return Boolean(scene); }}")

    def picture(self):
        """The map's pixels (height, width, 3)."""
        png = self.visitor.page.screenshot(clip=self.visitor.map)
        return np.asarray(Image.open(io.BytesIO(png)).convert("RGB")).astype(int)

    def markers(self, alone):
        """Per point, its marker's middle (x, y) and how many pixels of it are seen; `alone`: no surface."""
        if not self.relief:
            ground = Ground(self.visitor)
            return [(np.array(ground.pixel(x, y)), 1) for x, y in self.points[:2].T]
        extent = self.visitor.stage.evaluate(f"(stage) => {{ {MAP} return map.layout.meta.extent; }}")
        heights = np.empty(len(self.steps))
        visibility.heights(heights, self.points[2], len(heights), np.array(extent, float))
        at = [*self.points[:2].tolist(), heights.tolist()]
        self.visitor.stage.evaluate(SHOW, [at, list(COLOURS[: len(self.steps)]), alone])
        picture = self.picture()
        self.visitor.stage.evaluate(HIDE)
        off = [np.abs(picture - rgb(colour)).max(axis=2) for colour in COLOURS[: len(self.steps)]]
        found = [np.argwhere(one < CLOSE) for one in off]
        return [(spots.mean(axis=0)[::-1] if len(spots) else None, len(spots)) for spots in found]

    def strengths(self):
        """Per point, how far off the lane's colour the pixels are at best where the map has it, and what
        share of its marker the surface doesn't hide."""
        self.visitor.page.mouse.move(2, 2)  # off the map: what is read there would cover the trail
        self.visitor.stage.evaluate(REST)
        self.visitor.stage.evaluate(BARE, True)
        picture = self.picture()
        self.visitor.stage.evaluate(BARE, False)
        whole = self.markers(True)
        answer = []
        for (place, size), (_, seen) in zip(whole, self.markers(False) if self.relief else whole, strict=True):
            x, y = np.round(place).astype(int)
            around = picture[y - NEAR : y + NEAR + 1, x - NEAR : x + NEAR + 1]
            answer.append((np.abs(around - rgb(self.colour)).max(axis=2).min(), seen / size))
        return answer

    def settled(self, holds, tries=5):
        """The first `strengths` for which `holds`, else the last: a busy machine may still be drawing."""
        for _ in range(tries):
            seen = self.strengths()
            if holds(seen):
                break
        return seen

    @contextmanager
    def moving(self):
        """Something inside moves the view; afterwards it has come to rest."""
        self.visitor.stage.evaluate(LISTEN)
        yield
        self.visitor.wait("stage.hasMoved()")
        self.visitor.stage.evaluate(REST)
