"""The relief under a wheel, without a graphics card, and what is said in the map's corner."""

import pytest
from playwright.sync_api import expect

# Plotly's scene of the relief, and the corners of the map in it, each whether it is in sight.
SCENE = "document.querySelector('[data-testid=stage] .map .js-plotly-plot')._fullLayout?.scene?._scene"
CORNERS = """(stage) => {
  const map = stage.querySelector(".map");
  const { width, height } = map.getBoundingClientRect();
  const [[left, right], [low, high]] = DOMAIN;
  return [[left, low], [left, high], [right, low], [right, high], [(left + right) / 2, (low + high) / 2]]
    .map(([x, y]) => map.project(x, y)).filter(([x, y]) => x >= 0 && x <= width && y >= 0 && y <= height).length;
}""".replace("DOMAIN", "[[-4.5, 4.5], [-4.5, 4.5]]")
AWAY = f"(({{ eye, center }}) => Math.hypot(eye.x - center.x, eye.y - center.y, eye.z - center.z))({SCENE}.getCamera())"
NO_WEBGL = """(() => {
  const own = HTMLCanvasElement.prototype.getContext;
  HTMLCanvasElement.prototype.getContext = function (kind, ...more) { return /webgl/.test(kind) ? null : own.call(this, kind, ...more); };
})()"""
# Counts what is drawn onto the screen, and into buffers.
WATCH_DRAWING = f"""() => {{
  const {{ gl }} = {SCENE}.glplot, {{ bindFramebuffer, drawArrays }} = gl;
  window.drawn = {{ screen: 0, elsewhere: 0 }};
  let into = null;
  gl.bindFramebuffer = (target, buffer) => {{ into = buffer; bindFramebuffer.call(gl, target, buffer); }};
  gl.drawArrays = (...given) => {{ drawn[into ? "elsewhere" : "screen"] += 1; drawArrays.apply(gl, given); }};
}}"""
LOSE = f"{SCENE}.glplot.gl.getExtension('WEBGL_lose_context').loseContext()"


def turned(visitor, *pixels):
    """How far the eye is away after these turns of the wheel over the middle of the map."""
    box = visitor.map
    visitor.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    for some in pixels:
        visitor.page.mouse.wheel(0, some)
    before = None
    while before != (
        before := visitor.page.evaluate(
            f"new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done({AWAY}))))"
        )
    ):
        pass
    return before


@pytest.mark.long
def test_the_wheel_never_leads_out_of_sight_and_a_button_leads_back(play):
    visitor = play("surface=beale&view=3d").wait_until_shown().stop_at_end()
    whole = visitor.stage.get_by_role("button", name=visitor.words("stage.map.whole"))
    expect(whole).to_be_hidden()
    first = visitor.page.evaluate(AWAY)
    notch = turned(visitor, -100)
    assert 1.05 < first / notch < 1.2
    expect(whole).to_be_visible()
    assert first / turned(visitor, -100, -100, -100) < 1.4
    assert visitor.stage.evaluate(CORNERS) >= 2
    assert notch > turned(visitor, -30_000) >= 1.09
    assert turned(visitor, *[-900] * 12) >= 1.09
    assert visitor.stage.evaluate(CORNERS) >= 1
    whole.click()
    expect(whole).to_be_hidden()
    assert visitor.page.evaluate(AWAY) == pytest.approx(first, rel=1e-3)
    assert 6.1 > turned(visitor, *[900] * 12) > first
    assert visitor.stage.evaluate(CORNERS) == 5


def test_without_webgl_the_map_is_flat_and_says_why(play):
    visitor = play("surface=beale&view=3d", prepare=lambda page: page.add_init_script(NO_WEBGL))
    flat = visitor.stage.locator(".map .flat")
    visitor.wait("stage?.querySelector('[data-figure=shown]')").stop_at_end()
    expect(flat).to_have_text(visitor.words("stage.map.flat"))
    expect(visitor.page.get_by_text(visitor.words("stage.loading"))).to_be_hidden()
    expect(visitor.page.get_by_text("get.webgl.org")).to_have_count(0)
    assert "view=3d" in visitor.query
    box, start = visitor.map, visitor.spec["start"]
    visitor.page.mouse.click(box["x"] + 0.7 * box["width"], box["y"] + 0.4 * box["height"])
    visitor.wait("String(stage.run.spec.start) !== arg", ",".join(map(str, start))).wait_for_link()
    assert "view=3d" in visitor.query
    visitor.press("v")
    expect(flat).to_be_empty()


@pytest.mark.long
def test_a_turned_view_is_in_the_link(play):
    """The link shows it elsewhere; 0 leads to the first view."""
    eye = f"Object.values({SCENE}.getCamera().eye)"
    seen = f"{eye}.every((one, i) => Math.abs(one - arg[i]) < 0.02)"
    visitor = play("surface=beale&steps=20&view=3d").wait_until_shown().stop_at_end()
    first = visitor.page.evaluate(eye)
    turned(visitor, 400)
    visitor.page.wait_for_url("**camera=*")
    away = visitor.page.evaluate(eye)
    play(visitor.query).wait_until_shown().wait(seen, away)
    visitor.press("0").wait(seen, first)
    visitor.page.wait_for_url(lambda address: "camera" not in address)


@pytest.mark.long
def test_where_software_draws_it_is_coarse_while_it_turns(play):
    visitor = play("surface=beale&steps=20&view=3d").wait_until_shown().stop_at_end()
    pixels = f"{SCENE}.glplot.canvas.width"
    sharp = visitor.page.evaluate(pixels)
    watch = f"new MutationObserver(() => seen.push({pixels})).observe({SCENE}.glplot.canvas, {{ attributeFilter: ['width'] }})"
    visitor.page.evaluate(f"window.seen = []; {watch}")
    turned(visitor, 400)
    visitor.wait("seen.length >= 2")
    assert visitor.page.evaluate("seen.slice(0, 2)") == [sharp / 2, sharp]


def test_a_turn_is_drawn_onto_the_screen_alone(play):
    """And not also into a buffer that tells what is under a mouse."""
    visitor = play("surface=beale&steps=20&view=3d").wait_until_shown().stop_at_end()
    visitor.page.evaluate(WATCH_DRAWING)
    turned(visitor, 400)
    screen, elsewhere = visitor.page.evaluate("[drawn.screen, drawn.elsewhere]")
    assert screen > 0 and elsewhere == 0


@pytest.mark.long
def test_a_graphics_card_that_is_taken_away_breaks_nothing(play):
    visitor = play("surface=beale&view=3d").wait_until_shown().stop_at_end()
    visitor.allowed = "WebGL|^page: a$"  # the second one is Plotly's, if it was drawing
    for _ in range(2):
        visitor.page.evaluate(f"() => {{ window.gone = {SCENE}.glplot; {LOSE}; }}")
        visitor.wait(f"stage.querySelector('[data-figure=shown]') && {SCENE}?.glplot && {SCENE}.glplot !== gone")
    visitor.page.evaluate(LOSE)
    expect(visitor.stage.locator(".map .flat")).to_have_text(visitor.words("stage.map.flat"))
    visitor.wait("stage.querySelector('[data-figure=shown]')")
    visitor.control("button", "first").click()
    visitor.wait("data.step === '0'")


def test_a_click_on_the_map_says_that_it_moved_the_start(play):
    visitor = play("surface=beale&start=1,1.5", prepare=lambda page: page.clock.install()).wait_until_shown().stop_at_end()
    said, box, run = visitor.stage.locator(".moved [role=status]"), visitor.map, visitor.data("run")
    undo = visitor.stage.locator(".moved").get_by_role("button")
    expect(undo).to_be_hidden()
    visitor.page.mouse.click(box["x"] + 0.3 * box["width"], box["y"] + 0.7 * box["height"])
    expect(said).to_have_text(visitor.words("stage.map.moved"))
    visitor.wait_for_other_run(run)
    undo.focus()
    visitor.press("Enter").wait("data.run === arg", run)
    expect(undo).to_be_hidden()
    visitor.page.mouse.click(box["x"] + 0.3 * box["width"], box["y"] + 0.7 * box["height"])
    expect(undo).to_be_visible()
    visitor.page.clock.fast_forward(10_000)
    expect(undo).to_be_hidden()
    expect(said).to_be_empty()


RING = """(name) => {
  const drawn = ({ outlineStyle, outlineWidth, boxShadow }) =>
    (outlineStyle !== "none" && outlineWidth !== "0px") || boxShadow !== "none";
  return [null, "::before"].some((part) => drawn(getComputedStyle(document.querySelector(name), part)));
}"""


@pytest.mark.parametrize("box, place", [("[data-testid=stMain]", (0.003, 0.5)), (".telling", (0.3, 0.98))])
@pytest.mark.long
def test_only_the_tab_key_draws_a_ring_around_what_scrolls(visit, box, place):
    visitor = visit("scene=drunk", at="lesson").wait("stage?.run && stage.querySelector('[data-figure=shown]')")
    around = visitor.page.locator(box)
    area = around.bounding_box()
    around.click(position={"x": place[0] * area["width"], "y": place[1] * area["height"]})
    visitor.wait("document.activeElement.matches(arg)", box).press("Shift")
    assert visitor.page.evaluate(RING, box) is False
    visitor.press("Tab", "Shift+Tab").wait("document.activeElement.matches(arg)", box)
    assert visitor.page.evaluate(RING, box) is True


CUT = """(stage) => [...stage.querySelectorAll(".lane .status")].map((node) => {
  const text = document.createRange();
  text.selectNodeContents(node);
  const [own, box] = [text.getBoundingClientRect(), node.getBoundingClientRect()]; // of letters, from the highest to the lowest
  return Math.max(own.bottom - box.bottom, box.top - own.top);
})"""


@pytest.mark.parametrize("font", ["DejaVu Sans", "Noto Sans CJK SC"])
def test_no_letter_s_tail_is_cut_off(play, font):
    """With a font as tall as any browser's."""
    visitor = play().wait_until_shown().stop_at_end()
    visitor.page.add_style_tag(content=f".speedup-stage .status {{ font-family: '{font}' !important; }}")
    assert max(visitor.stage.evaluate(CUT)) <= 0.5


def test_parts_without_room_break_nothing(play):
    """Nobody sees them, as in a frame of another page that is folded away; the race goes on, and they are drawn once they are back."""
    visitor = play("surface=beale&steps=60").wait_until_shown().stop_at_end()
    visitor.page.add_style_tag(content=".nowhere :is(.map, .chart) { display: none; }")
    visitor.stage.evaluate("(stage) => stage.classList.add('nowhere')")
    visitor.wait("stage.querySelector('[data-figure=loading]')")
    visitor.control("button", "first").click()
    visitor.press("Space").wait_for_state("ended")
    visitor.stage.evaluate("(stage) => stage.classList.remove('nowhere')")
    visitor.wait_until_shown()
