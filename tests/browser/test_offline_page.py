"""A scene's HTML file, opened from a disk with no network: it is the player, with the same numbers, and everything answers."""

import re
from types import SimpleNamespace
from urllib.parse import parse_qsl, urlencode

import numpy as np
import pytest
from playwright.sync_api import expect

from speedup import OPTIMIZERS, SURFACES, simulate, train
from speedup.export import ground
from speedup.scenes import lesson_scene, surfaces_scene
from speedup.scenes.network_scene import read_scene as read_network
from speedup.scenes.surfaces_scene import read_scene
from speedup.words import i18n
from tests.browser.shown import READY, SHOWN
from tests.browser.test_network_stage import close, numbers
from tests.browser.test_player import tab
from tests.browser.test_take_away import open_dialog, take

VALLEY = "surface=long_valley,condition:30,angle:20&start=-6,4&steps=120&noise=0.5&seed=4&lane=adam,lr:0.5&lane=momentum,lr:0.002"
NETWORK = "dataset=circle&noise=0.3&test=0.25&hidden=4,3&activation=tanh&batch=16&seed=3"
# What Plotly draws.
DRAWN = """(stage) => {
  const { data: [{ z }], layout: { meta } } = stage.querySelector(".js-plotly-plot:not([data-away])");
  return { z: z.flatMap((row) => Array.from(row)), extent: meta.extent };
}"""


@pytest.fixture
def open_file(server, visit, tmp_path):
    """open_file(page, query, lang) -> Visitor of the file that the server gives for a scene."""

    def asked(page="surfaces", query="", lang="en", waits=True, prepare=lambda page: None, **how):
        answer = server.ask(f"/api/page?page={page}&lang={lang}&{query}".rstrip("&"))
        name = re.search('filename="(.+)"', answer.headers["content-disposition"])[1]
        (tmp_path / name).write_bytes(answer.body)
        disk = SimpleNamespace(url=tmp_path.as_uri())

        def cut_off(one):
            one.context.set_offline(True)
            prepare(one)

        visitor = visit(server=disk, at=name, lang=lang, prepare=cut_off, **how)
        return visitor.wait(f"stage?.run && {READY}") if waits else visitor

    yield asked


def check_silent(visitor):
    """Nothing was asked for but the file; visitors may meet no errors besides, see conftest."""
    schemes = {address.split(":")[0] for address in visitor.sent}
    assert schemes <= {"file", "data", "blob"} and sum(one.startswith("file:") for one in visitor.sent) == 1


def check_paths(visitor):
    """The run drawn is the library's, bit for bit."""
    race = visitor.race
    paths = visitor.stage.evaluate("(stage) => stage.run.lanes.map((lane) => Array.from(lane.path))")
    ran = simulate(race)
    assert np.array_equal(np.array(paths, dtype=float).reshape(ran.paths.shape), ran.paths, equal_nan=True)


def slider_to(visitor, slider, share):
    """Drags a slider there; the run that follows is on the screen then."""
    run, place = visitor.data("run"), visitor.grip(slider)
    visitor.page.mouse.move(*place(share))
    visitor.wait_for_other_run(run)
    visitor.page.mouse.up()


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_scene_plays(open_file, play, lang):
    visitor = open_file(query=VALLEY, lang=lang).wait_for_state("playing", "ended").wait_for_state("ended")
    assert visitor.race == read_scene(parse_qsl(VALLEY))[0].race
    check_paths(visitor)
    assert visitor.page.title() == f"{visitor.words('page.surfaces')} · speedup"
    assert visitor.page.locator("html").get_attribute("lang") == lang
    expect(visitor.control("button", "play")).to_be_visible()
    expect(visitor.control("button", "copy_link")).to_have_count(0)
    visitor.control("slider", "playhead").fill("40")
    visitor.wait("data.step === '40' && data.state === 'paused'")
    check_silent(visitor)
    app = play(VALLEY, lang=lang)
    assert app.data("run") == visitor.data("run")


@pytest.mark.long
def test_a_parameter_bends_the_relief(open_file):
    visitor = open_file(query="surface=long_valley,condition:30", color_scheme="dark", relief=True).stop_at_end()
    visitor.control("button", "view_3d").click()
    visitor.wait(f"{SHOWN} && stage.querySelector('.still:not([data-away]) .gl-container')")
    before = visitor.stage.evaluate(DRAWN)
    for name, share in (("condition", 0.9), ("angle", 0.7)):
        name = visitor.words(f"stage.parameters.{name}")
        slider_to(visitor, visitor.stage.get_by_role("slider", name=name, exact=True), share)
    params = dict(visitor.race.params)
    assert params["condition"] > 100 and params["angle"] > 10
    heights, extent = ground.relief(SURFACES["long_valley"], params, ground.RELIEF_CELLS)
    shown = "Array.from(stage.querySelector('.js-plotly-plot:not([data-away])').layout.meta.extent)"
    visitor.wait(f"{SHOWN} && {shown}.every((end, i) => Math.abs(end - arg[i]) < 1e-9)", extent.tolist())
    drawn = np.array(visitor.stage.evaluate(DRAWN)["z"])
    assert (drawn == heights.ravel().astype(np.float32)).all() and list(drawn) != before["z"]
    check_paths(visitor)
    check_silent(visitor)


@pytest.mark.long
def test_a_network_trains_to_its_end(open_file):
    lang = "zh"
    query = f"{NETWORK}&samples=120&steps=60&" + urlencode([("lane", name) for name in OPTIMIZERS])
    visitor = open_file("network", query, lang).wait_until_trained().wait_for_state("ended")
    assert visitor.training == read_network(parse_qsl(query))[0].run
    run = train(visitor.training)
    assert close(numbers(visitor, "loss"), run.batch_loss) and close(numbers(visitor, "params"), run.params)
    assert not visitor.page.evaluate("'Plotly' in window")
    check_silent(visitor)


@pytest.mark.long
def test_a_long_training_is_a_thread_s_and_takes_another_way(open_file):
    visitor = open_file("network", f"{NETWORK}&samples=1500&steps=3000&lane=sgd,lr:0.01&lane=adam,lr:0.01")
    visitor.wait_until_trained().stop_at_end()
    visitor.control("slider", "playhead").fill("1000")
    visitor.wait("data.step === '1000'")
    slider_to(visitor, visitor.slider("SGD", "lr"), 0.7)
    visitor.wait_until_trained().stop_at_end()
    run = train(visitor.training)
    assert [(change.step, change.lane) for change in run.spec.changes] == [(1000, 0)]
    assert close(numbers(visitor, "params"), run.params)
    visitor.control("button", "network.seeds").click()
    panel = visitor.stage.locator(".seeds")
    panel.get_by_role("button", name=visitor.words("stage.network.seeds_cancel")).click()
    panel.get_by_role("spinbutton").fill("2")
    panel.get_by_role("button", name=visitor.words("stage.network.seeds_run")).click()
    expect(panel.get_by_role("status")).to_have_text(visitor.words("stage.network.seeds_done", count=2))
    check_silent(visitor)


@pytest.mark.long
def test_pages_settings_and_languages_need_no_server_and_back_leads_through_them(open_file):
    visitor = open_file(query="surface=booth&steps=60&lane=adam,lr:0.25&lane=sgd")
    page, choose = visitor.page, lambda key, name: page.get_by_label(visitor.words(key), exact=True).select_option(name)
    visitor.press("1").wait(r"""decodeURIComponent(location.href).includes('"on":false')""")  # else a setting takes it along
    page.get_by_role("banner").get_by_role("button", name=visitor.words("page.settings")).click()
    choose("page.surface", "beale")
    visitor.wait("stage.run.spec.surface === 'beale'")
    beale = visitor.race
    assert (
        beale
        == surfaces_scene.on_surface(read_scene(parse_qsl("surface=booth&steps=60&lane=adam,lr:0.25&lane=sgd"))[0], "beale").race
    )
    tab(visitor, "network").click()
    visitor.wait("data.kind === 'network' && stage.run")
    choose("network.scene", "edge")
    visitor.wait("stage.run?.spec.dataset === 'sine'")
    choose("network.dataset", "spiral")
    visitor.wait("stage.run?.spec.dataset === 'spiral'")
    hidden = page.get_by_role("textbox", name=visitor.words("network.hidden"))
    hidden.fill("99")
    hidden.press("Enter")
    expect(page.get_by_role("alert").filter(has_text="99")).to_be_visible()
    tab(visitor, "lesson").click()
    visitor.wait("stage.querySelector('.lecture') && stage.run")
    page.get_by_role("link", name=i18n.text("zh", "page.language_name")).click()
    visitor.lang = "zh"
    expect(tab(visitor, "network")).to_be_visible()
    for there in (
        "stage.querySelector('.lecture')",
        *(f"stage.run?.spec.dataset === '{name}'" for name in ("spiral", "sine", "parabola")),
    ):
        page.go_back()
        visitor.wait(there)
    page.go_back()
    visitor.wait("stage.run?.spec.surface === 'beale'")
    page.reload()
    visitor.wait(f"stage?.run && {SHOWN}")
    assert visitor.race == beale
    page.go_back()
    visitor.wait("stage.run?.spec.surface === 'booth' && !stage.run.spec.lanes[0].on")
    slide = page.url.split("#")[0] + "#embed=1"
    page.goto("about:blank")
    page.goto(slide)
    visitor.wait(READY)
    expect(page.locator("header, .tools-bar:visible")).to_have_count(0)


@pytest.mark.long
def test_the_lesson_goes_on_and_pictures_and_numbers_are_taken_away(open_file):
    visitor = open_file()
    tab(visitor, "lesson").click()
    visitor.wait("stage.querySelector('.lecture') && stage.run")
    name, body = take(visitor, "numbers")
    assert name == f"speedup-{lesson_scene.FIRST}.csv" and body.startswith(b"lane")
    name, body = take(visitor, "picture")
    assert body.startswith(b"\x89PNG")
    assert open_dialog(visitor).locator("[data-way]").count() == 3
    visitor.press("Escape")
    visitor.page.get_by_role("button", name=visitor.words("lesson.leave_network")).click()
    visitor.wait("!stage.querySelector('.lecture') && stage.run")
    assert visitor.training == lesson_scene.told(lesson_scene.FIRST).shown.run
    check_silent(visitor)


@pytest.mark.long
def test_a_browser_that_is_too_old_is_told(open_file):
    old = "Object.defineProperty(window, 'DecompressionStream', { value: undefined })"
    visitor = open_file("network", lang="zh", waits=False, prepare=lambda page: page.add_init_script(old))
    needs = visitor.page.get_by_text(visitor.words("offline.needs"))
    expect(needs).to_be_visible()
    assert any("DecompressionStream is not a constructor" in complaint for complaint in visitor.complaints)
    visitor.complaints.clear()
