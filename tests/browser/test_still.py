"""What a frame costs in drawing: nothing that stands still is drawn again."""

import pytest

# To be called before the page is opened: `drawn` gets [where, how] of all that is drawn on canvases. Where: the class of what the
# canvas is in, "sheet" of one that is no part of the page and is copied to one that is.
WATCH = """() => {
  window.drawn = [];
  const pen = CanvasRenderingContext2D.prototype;
  for (const name of ["arc", "stroke", "fill", "fillRect", "strokeRect", "fillText", "strokeText", "drawImage", "clearRect", "putImageData"]) {
    const draw = pen[name];
    pen[name] = function (...what) {
      const { canvas } = this;
      window.drawn.push([canvas.isConnected ? canvas.parentElement.className : "sheet", name]);
      return draw.apply(this, what);
    };
  }
}"""
FRAMES = """(count) => new Promise((done) => {
  const next = () => (count-- ? requestAnimationFrame(next) : done());
  next();
})"""
# How often the chart is drawn in so many frames, and how many steps go by.
CHARTS = """async (count) => {
  const step = () => Number(document.querySelector("[data-testid=stage]").dataset.step);
  const before = step();
  drawn.splice(0);
  for (; count; count--) await new Promise(requestAnimationFrame);
  return [drawn.filter(([where, how]) => where === "chart" && how === "clearRect").length, step() - before];
}"""
RESTS = """async () => { // until ten frames in a row have drawn nothing: the ground is sharp, names have found their places
  for (let quiet = 0, count = 0; quiet < 10; count++) {
    const before = window.drawn.length;
    await new Promise(requestAnimationFrame);
    quiet = window.drawn.length === before ? quiet + 1 : 0;
    if (count > 2000) throw new Error("it never comes to rest");
  }
}"""
SCENES = [("", ""), ("network", ""), ("network", "dataset=circle&hidden=4")]


@pytest.fixture(params=SCENES, ids=lambda scene: " ".join(filter(None, scene)) or "-")
def visitor(play, request):
    page, query = request.param
    visitor = play(query, at=page, prepare=lambda page: page.add_init_script(f"({WATCH})()"))
    visitor.wait("!('done' in stage.run) || stage.run.done === stage.run.spec.steps").wait_for_tools()
    visitor.stop_at_end()
    visitor.page.evaluate(RESTS)
    return visitor


def drawn(visitor):
    """{(where, how)} of what has been drawn since it was asked last."""
    return {tuple(one) for one in visitor.page.evaluate("drawn.splice(0)")}


def test_nothing_that_stands_still_is_drawn_again(visitor):
    drawn(visitor)
    visitor.page.evaluate(FRAMES, 20)
    assert drawn(visitor) == set(), "at rest"
    visitor.press("Home")
    visitor.control("button", "play").click()
    visitor.wait("data.state === 'playing' && data.step > 2")
    assert drawn(visitor)
    visitor.wait("data.step > 20")
    moved = drawn(visitor)
    assert {how for where, how in moved if where == "sheet"} <= {"putImageData"}, "axes, curves or samples, while it plays"
    assert not {where for where, _ in moved if "still" in where or "ground" in where}
    assert {how for where, how in moved if where == "chart"} <= {"clearRect", "drawImage", "fillRect", "fill"}
    visitor.control("combobox", "speed").select_option(index=0)
    charts, steps = visitor.page.evaluate(CHARTS, 20)
    assert charts <= steps + 1, "the chart shows whole steps"


def test_a_slider_has_its_own_lane_drawn_again(play):
    visitor = play("", at="network", prepare=lambda page: page.add_init_script(f"({WATCH})()")).wait_until_trained()
    visitor.stop_at_end()
    place = visitor.grip(visitor.stage.locator(".lane input[type=range]").first)
    for i in range(4):
        run = visitor.data("run")
        visitor.page.evaluate("drawn.splice(0)")
        visitor.page.mouse.move(*place(0.5 + 0.01 * i))
        visitor.wait_for_other_run(run)
        sheets = [how for where, how in visitor.page.evaluate("drawn.splice(0)") if where == "sheet"]
        if i > 1:  # at first all lanes are, to be kept
            assert sheets.count("arc") == 0, "samples"
    visitor.page.mouse.up()
    assert 0 < sheets.count("stroke") <= 3, "five lanes"
