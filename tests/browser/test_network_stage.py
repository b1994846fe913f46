"""The network page: it trains in the browser what the library trains, and everything on it follows the playhead."""

import numpy as np
import pytest
from playwright.sync_api import expect

from speedup import OPTIMIZERS, TrainSpec, train
from speedup.scenes.network_scene import default_scene
from speedup.scenes.query import train_lane, training_fields
from speedup.words import i18n
from tests.browser.test_looks import COVERED, OUTSIDE, WIDER, check_words
from tests.browser.visitor import SILENCE

EVERY = "&".join(
    f"{field}={text}"
    for field, text in training_fields(
        TrainSpec(
            "circle",
            samples=120,
            noise=0.3,
            test=0.25,
            hidden=(4, 3),
            activation="tanh",
            batch=16,
            steps=150,
            seed=3,
            lanes=tuple(train_lane(name) for name in OPTIMIZERS),
        )
    )
)
WEIGHTS = "stage.run.training.weights(lane.index, Math.min(Number(stage.dataset.step), lane.at))"  # at the step that is drawn
MEASURED = "(stage.run.training.measureAll(lane), lane.measurements.values)"


def numbers(visitor, what):
    """An array of every lane of the run that is drawn."""
    of_lane = {"params": WEIGHTS, "measurements": MEASURED}.get(what, f"lane.{what}")
    return np.array(visitor.stage.evaluate(f"(stage) => stage.run.lanes.map((lane) => Array.from({of_lane}))"), dtype=float)


def close(ours, theirs):
    """Whether arrays are equal to 1e-9 of what is largest in them."""
    return np.abs(ours - theirs).max() <= 1e-9 * np.abs(theirs).max()


def test_it_trains_by_itself_and_asks_nothing_meanwhile(play):
    visitor = play(at="network", reduced_motion="no-preference").wait_for_state("playing").wait_until_trained()
    assert visitor.training == default_scene().run
    visitor.control("combobox", "speed").select_option("5")
    before = len(visitor.wait_for_tools().sent)
    visitor.wait_for_state("ended")
    assert visitor.sent[before:] == [] and "dataset" not in visitor.query
    run = train(visitor.training)
    assert close(numbers(visitor, "loss"), run.batch_loss)
    assert close(numbers(visitor, "params"), run.params)
    for index, loss in enumerate(run.train_loss[:, -1]):
        expect(visitor.stage.locator(f"[data-lane='{index}'] .status")).to_contain_text(f"{loss:#.3g}")


def test_every_optimizer_trains_as_the_library_does(play):
    visitor = play(EVERY, at="network").wait_until_trained().stop_at_end()
    run = train(visitor.training)
    assert close(numbers(visitor, "loss"), run.batch_loss) and close(numbers(visitor, "params"), run.params)
    measurements = numbers(visitor, "measurements").reshape(len(OPTIMIZERS), -1, 4)
    measured = np.stack([run.train_loss, run.train_accuracy, run.test_loss, run.test_accuracy], axis=2)
    assert close(measurements, measured[:, 1 : measurements.shape[1] + 1])
    ends = np.array(visitor.stage.evaluate("(stage) => stage.run.training.lanes.map((lane) => Object.values(lane.end))"))
    assert run.frames[-1] % run.frames[1] and close(ends, measured[:, -1])


def test_scrubbing_back_shows_the_earlier_fit(play):
    visitor = play(at="network").wait_until_trained().stop_at_end()
    for step in (200, 37, 299):
        visitor.control("slider", "playhead").fill(str(step))
        visitor.wait("data.step === arg && data.state === 'paused'", str(step))
        assert close(numbers(visitor, "params"), train(default_run(steps=step)).params)
    visitor.press("ArrowLeft").wait("data.step === '298'")
    visitor.press("Home").wait("data.step === '0'")
    assert close(numbers(visitor, "params"), np.repeat([train(default_run(steps=1)).initial], 5, axis=0))


def default_run(**values):
    return default_scene().run if not values else TrainSpec(lanes=default_scene().run.lanes, **values)


def test_maps_of_the_plane_grow_large_by_a_click(play):
    visitor = play(EVERY + "&off=3,4,5,6,7,8,9,10,11,12", at="network").wait_until_trained()
    tiles = visitor.stage.locator(".tile")
    expect(tiles).to_have_count(2)
    small = tiles.first.bounding_box()
    tiles.nth(1).click()
    expect(tiles).to_have_count(1)
    assert tiles.first.bounding_box()["width"] > 1.4 * small["width"]
    tiles.first.click()
    expect(tiles).to_have_count(2)
    visitor.press("3")
    expect(tiles).to_have_count(3)


def test_the_network_view_reads_a_weight(play):
    visitor = play("dataset=sine&hidden=&lane=sgd", at="network").wait_until_trained().stop_at_end()
    weight, bias = numbers(visitor, "params")[0]
    view = visitor.stage.locator(".net .view")
    box, read = view.bounding_box(), visitor.stage.locator(".net [role=status]")
    visitor.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(read).to_contain_text(f"{abs(weight):#.3g}")
    visitor.page.mouse.move(box["x"] + 0.75 * box["width"], box["y"] + box["height"] / 2)
    expect(read).to_contain_text(f"{abs(bias):#.3g}")


@pytest.mark.long
def test_many_seeds(visit):
    visitor = visit("steps=9999", at="network").wait_until_trained().stop_at_end()
    visitor.control("button", "network.seeds").click()
    panel = visitor.stage.locator(".seeds")
    panel.get_by_role("button", name=visitor.words("stage.network.seeds_cancel")).click()  # of a hundred long ones
    visitor.page.get_by_role("spinbutton", name=visitor.words("network.steps")).fill("384")
    visitor.press("Enter").wait("stage.run.spec.steps === 384").wait_until_trained()
    panel.get_by_label(visitor.words("stage.network.seed_count")).fill("12")
    panel.get_by_role("button", name=visitor.words("stage.network.seeds_run")).click()
    expect(panel.get_by_role("status")).to_have_text(visitor.words("stage.network.seeds_done", count=12))
    runs = [train(default_run(seed=seed)) for seed in range(12)]
    rows = panel.get_by_role("row")
    expect(rows).to_have_count(6)
    # The data stay those of the first seed, so medians agree but roughly; who is best and who is worst is the same.
    median = np.median([run.train_loss[:, -1] for run in runs], axis=0)
    expect(rows.nth(1)).to_contain_text(OPTIMIZERS[default_run().lanes[int(median.argmin())].optimizer].label)
    expect(rows.nth(5)).to_contain_text(OPTIMIZERS[default_run().lanes[int(median.argmax())].optimizer].label)
    visitor.slider("Adam", "lr").focus()
    visitor.press("ArrowUp")
    expect(panel.get_by_role("status")).to_have_text(visitor.words("stage.network.seeds_outdated"))


def check_fit(visitor, size, theme):
    """All is in sight, in the theme, and no word is missing, also where one has to look for it."""
    visitor.wait_until_trained().stop_at_end()
    assert visitor.data("theme") == theme
    box = visitor.stage.bounding_box()
    assert box["x"] + box["width"] <= size[0] and box["y"] + box["height"] <= size[1]
    for wrong in (OUTSIDE, COVERED, WIDER):
        assert visitor.stage.evaluate(wrong) == []
    check_words(visitor)
    visitor.control("button", "network.seeds").click()
    visitor.control("button", "more", lane="Adam").click()
    check_words(visitor)


SIZES = [((1280, 720), "light"), ((1920, 1080), "dark")]


@pytest.mark.parametrize("lang", i18n.LANGUAGES)
@pytest.mark.parametrize("size, theme", SIZES)
def test_it_fits_in_both_languages_and_themes(play, lang, size, theme):
    check_fit(play(at="network", size=size, color_scheme=theme, lang=lang), size, theme)


@pytest.mark.long
def test_it_fits_in_the_app_in_chinese(visit):
    """In English, larger and in the other theme too, with all pages: see test_looks.py."""
    check_fit(visit(at="network", color_scheme="dark", lang="zh"), (1280, 720), "dark")


def test_with_the_network_off_it_goes_on(play):
    visitor = play(at="network").wait_until_trained().stop_at_end()
    visitor.allowed = SILENCE
    visitor.context.set_offline(True)
    visitor.press("Home", "Space").wait("data.state === 'playing' && data.step > 5")
    run, slider = visitor.data("run"), visitor.slider("SGD", "lr")
    place = visitor.grip(slider)
    visitor.page.mouse.move(*place(0.8))
    visitor.wait_for_other_run(run)
    visitor.page.mouse.up()
    visitor.wait_until_trained()
    visitor.context.set_offline(False)


@pytest.mark.long
def test_the_pages_keep_their_scenes_and_leave_nothing_behind(visit):
    visitor = visit(at="network").wait_until_trained().stop_at_end()
    run = visitor.data("run")
    visitor.slider("Adam", "lr").focus()
    visitor.press("ArrowUp")
    changed = visitor.wait_for_other_run(run)
    visitor.wait_until_trained().wait_for_training_link()
    for _ in range(2):
        visitor.page.get_by_role("link", name=visitor.words("page.surfaces")).click()
        visitor.wait("data.kind === 'surfaces' && stage.run")
        assert visitor.stage.count() == 1
        visitor.page.get_by_role("link", name=visitor.words("page.network")).click()
        visitor.wait("data.kind === 'network' && stage.run && data.run === arg", changed)
    visitor.wait_for_training_link()


def test_rewinding_after_a_slider_was_dragged_leaves_it_alone(play):
    visitor = play(at="network").wait_until_trained().stop_at_end()
    run, place = visitor.data("run"), visitor.grip(visitor.slider("SGD", "lr"))
    visitor.page.mouse.move(*place(0.6))
    visitor.wait_for_other_run(run)
    visitor.page.mouse.up()
    visitor.wait_until_trained()
    run = visitor.data("run")
    visitor.press("Home").wait("data.step === '0'")
    visitor.press("ArrowRight").wait("data.step === '1'")
    assert visitor.data("run") == run


STEP_TIMES = """async (stage) => {
  const { StepTimes } = speedup("model/step_times.js");
  const { kernels } = stage.run.training;
  const base = new URL("./", document.querySelector("script[src]").src).href;
  return new Promise((resolve) => {
    const answer = () => resolve(stage.run.lanes.map((_, lane) => times.of(lane)));
    const times = new StepTimes({ run: stage.run, base, kernels, refresh: answer });
    times.of(0);
  });
}"""


def test_the_time_of_computing_is_measured_apart(play):
    """Milliseconds a step: a hundred times the samples take far longer, two lanes of a kind as long."""
    visitor = play("lane=sgd&lane=sgd,lr:0.1&lane=sgd,batch:1000&batch=10&axis=seconds", at="network").wait_until_trained()
    first, second, large = visitor.stage.evaluate(STEP_TIMES)
    assert first == second and large > 5 * first > 0
