"""What is taken away is opened and looked into: pictures, numbers, what the server makes. For films see test_films.py."""

import csv
import io
import json
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import expect

from speedup import OPTIMIZERS, simulate, train
from speedup.words import i18n
from tests.browser.pixels import rgb
from tests.browser.test_looks import check_words

RACE = "surface=rosenbrock&steps=60&lane=sgd,lr:0.001&lane=adam,lr:0.2&lane=momentum,lr:0.03"  # the last one diverges
TRAINING = (
    "dataset=circle&samples=150&noise=0.2&test=0.2&hidden=4&activation=tanh&batch=16&steps=90"
    "&lane=sgd,lr:0.3&lane=adam,lr:0.02&change=40,1,lr,0.05"
)
SCENES = [
    ("", RACE),
    ("", f"{RACE}&view=3d&panel=step"),
    ("network", f"{TRAINING}&panel=limit"),
]  # of lines there is no picture: the loss
MAP, CHART, LEGEND = (72, 84, 905, 440), (72, 480, 905, 680), (930, 80, 1250, 680)  # left, top, right, bottom in a picture
OVER_LINK = (20, 676, 905, 682)  # nothing is between the chart and the link


def open_dialog(visitor):
    """The dialog, opened by its button."""
    visitor.stage.get_by_role("button", name=visitor.words("stage.tools.takeaway"), exact=True).click()
    dialog = visitor.page.get_by_role("dialog", name=visitor.words("stage.takeaway.title"))
    expect(dialog).to_be_visible()
    return dialog


def way(dialog, key):
    return dialog.locator(f"[data-way={key}]")


def take(visitor, key):
    """The name and the bytes of a file that is taken away."""
    dialog = open_dialog(visitor)
    with visitor.page.expect_download() as coming:
        way(dialog, key).click()
    name = coming.value.suggested_filename
    expect(dialog.get_by_role("status")).to_have_text(visitor.words("stage.takeaway.saved", file=name))
    assert visitor.stage.locator(".offscreen").count() == 0
    visitor.press("Escape")
    return name, Path(coming.value.path()).read_bytes()


def at_step(play, page, query, step, **how):
    """A visitor of a scene at a step, at rest."""
    visitor = play(query, at=page, **how)
    visitor.wait_until_trained() if page else visitor.wait_until_shown()
    visitor.stop_at_end()
    visitor.control("slider", "playhead").fill(str(step))
    return visitor.wait("data.step === arg", str(step))


def pixels(png):
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB")).astype(int)


def part(picture, box):
    left, top, right, bottom = np.array(box) * picture.shape[1] // 1280
    return picture[top:bottom, left:right]


def count(picture, colour):
    """Pixels that are as good as of a colour."""
    return int((np.abs(picture - colour).max(axis=2) < 6).sum())


def line_colour(optimizer, theme, times=1):
    """Of a curve; in the dark it is made lighter, for the trails on the map a second time."""
    colour = rgb(OPTIMIZERS[optimizer].colour)
    for _ in range(times if theme == "dark" else 0):
        colour = np.round(colour + (255 - colour) * 0.15)
    return colour


@pytest.mark.parametrize(
    "theme, page, query", [("light", *SCENES[0]), ("dark", *SCENES[1]), ("light", *SCENES[2])], ids=["2d", "3d", "network"]
)
def test_a_picture_shows_the_step(play, theme, page, query):
    visitor = at_step(play, page, query, 50, color_scheme=theme)
    name, png = take(visitor, "picture")
    assert name == f"speedup-{'circle' if page else 'rosenbrock'}-step-50.png"
    picture = pixels(png)
    assert picture.shape == (1440, 2560, 3)
    assert (visitor.data("step"), visitor.data("state")) == ("50", "paused")
    visitor.control("slider", "playhead").fill("1")
    visitor.wait("data.step === '1'")
    before = pixels(take(visitor, "picture")[1])
    for optimizer in ("sgd", "adam"):
        colour = line_colour(optimizer, theme)
        assert count(part(picture, LEGEND), colour) > 200
        assert count(part(picture, CHART), colour) > count(part(before, CHART), colour) + 100
    if not page:
        colour = line_colour("adam", theme, 2)
        assert count(part(picture, MAP), colour) > count(part(before, MAP), colour) + 500
    else:
        at = round(2 * (CHART[0] + (CHART[2] - 10 - CHART[0]) * 40 / 90))  # where a rate was changed, at step 40: a hollow mark
        on_line = np.abs(picture[2 * CHART[1] : 2 * CHART[3], at] - line_colour("sgd", theme)).max(axis=1) < 6
        assert ((np.diff(np.flatnonzero(on_line)) > 8) & (np.diff(np.flatnonzero(on_line)) < 30)).any()
    assert np.abs(part(picture, MAP) - part(before, MAP)).max(axis=2).mean() > 0.5
    ground = picture[2, 2]
    assert ground.mean() > 200 if theme == "light" else ground.mean() < 60
    assert (part(picture, OVER_LINK) == ground).all()
    assert all((picture[:, x] == ground).all() for x in (0, -1)) and (picture[0] == ground).all()  # nothing is cut off


def test_a_picture_shows_the_instrument_that_is_open(play):
    """Here the map of outcomes: as much of it diverges as on the page, and the key says what that colour means."""
    visitor = at_step(play, "", f"{RACE}&chosen=3&panel=map", 50)
    sheet = visitor.stage.locator(".outcomes")
    expect(sheet).to_have_attribute("data-sharp", "")
    patches = visitor.stage.locator(".colours i")
    ask = "(patches) => patches.map((one) => getComputedStyle(one).backgroundColor.match(/[0-9]+/g).map(Number))"
    *_, going, _, diverges = patches.evaluate_all(ask)
    page, picture = pixels(sheet.screenshot()), part(pixels(take(visitor, "picture")[1]), CHART)
    shares = [count(one, diverges) / count(one, going) for one in (page, picture)]
    assert 0.5 < shares[0] < 2 and abs(shares[1] / shares[0] - 1) < 0.1
    assert count(picture[:80], diverges) > 200  # in the key


def rows_of(name, body):
    """The rows of a CSV by lane; it keeps to RFC 4180, and names no NaN."""
    text = body.decode("utf-8")
    assert name.endswith(".csv") and text.endswith("\r\n") and text.count("\n") == text.count("\r\n")
    assert "nan" not in text.lower() and "infinity" not in text.lower()
    rows = list(csv.DictReader(io.StringIO(text, newline=""), strict=True))
    assert all(None not in row and None not in row.values() for row in rows)
    lanes = sorted({int(row["lane"]) for row in rows})
    return [[row for row in rows if int(row["lane"]) == lane] for lane in lanes]


def column(rows, name):
    return np.array([float(row[name]) if row[name] else np.nan for row in rows])


def test_the_numbers_of_a_race(play):
    visitor = at_step(play, "", RACE, 10)
    race = simulate(visitor.race)
    lanes = rows_of(*take(visitor, "numbers"))
    assert len(lanes) == len(race.spec.lanes) == 3 and race.diverged[2] > 0
    drawn = visitor.stage.evaluate("(stage) => stage.run.lanes.map(({ path }) => Array.from(path))")
    for rows, lane, path, ours in zip(lanes, race.spec.lanes, race.paths, drawn, strict=True):
        whole = np.isfinite(path).all(axis=1)
        last = len(path) if whole.all() else int(np.argmin(whole))
        found = np.stack([column(rows, name) for name in ("x", "y", "loss")], axis=1)
        assert np.array_equal(found, path[:last])
        assert np.array_equal(found.ravel(), np.array(ours[: 3 * last], float))
        assert np.array_equal(column(rows, "step"), np.arange(last))
        for name, value in lane.hyperparameters.items():
            assert (column(rows, name) == float(value)).all()
        assert {row["optimizer"] for row in rows} == {lane.optimizer}
        assert all(row["momentum"] == "" for row in rows if lane.optimizer == "adam")
    assert len(lanes[2]) <= race.diverged[2] < len(lanes[0])


def test_the_numbers_of_a_training(play):
    visitor = at_step(play, "network", TRAINING, 10)
    spec = visitor.training
    run = train(spec)
    lanes = rows_of(*take(visitor, "numbers"))
    drawn = visitor.stage.evaluate("(stage) => stage.run.lanes.map(({ loss }) => Array.from(loss))")
    assert len(lanes) == 2
    for index, rows in enumerate(lanes):
        assert np.array_equal(column(rows, "step"), np.arange(spec.steps + 1))
        assert np.array_equal(column(rows, "batch_loss")[:-1], drawn[index]) and rows[-1]["batch_loss"] == ""
        assert np.allclose(column(rows, "batch_loss")[:-1], run.batch_loss[index], rtol=1e-9, atol=0)
        for name in ("train_loss", "train_accuracy", "test_loss", "test_accuracy"):
            found = column(rows, name)
            measured = np.flatnonzero(~np.isnan(found))
            assert np.array_equal(measured, run.frames)
            assert np.allclose(found[measured], getattr(run, name)[index], rtol=1e-9, atol=0)
        assert (column(rows, "batch") == 16).all()
    rates = column(lanes[0], "lr")
    assert (rates[:40] == 0.3).all() and (rates[40:] == 0.05).all() and (column(lanes[1], "lr") == 0.02).all()


def test_it_stands_still_only_while_it_is_open(play):
    visitor = play("surface=beale&steps=2000", reduced_motion="no-preference").wait_for_state("playing")
    dialog = open_dialog(visitor)
    visitor.wait_for_state("paused")
    visitor.press("Escape").wait_for_state("playing")
    expect(dialog).to_be_hidden()


@pytest.mark.parametrize("key, route, ending", [("script", "python", "py"), ("page", "page", "html")])
def test_the_server_is_asked_for_the_scene(play, key, route, ending):
    asked, answers = [], [(200, "made"), (200, "made"), (400, json.dumps({"error": "seed must be whole", "field": "seed"}))]

    def answer(one):
        asked.append([pair for pair in parse_qsl(urlsplit(one.request.url).query) if pair[0] != "lang"])
        status, body = answers.pop(0)
        one.fulfill(status=status, body=body)

    visitor = play().wait_until_shown().stop_at_end()
    visitor.page.route(f"**/api/{route}?*", answer)
    assert take(visitor, key) == (f"speedup-long_valley.{ending}", b"made")
    assert asked == [[("page", "surfaces")]]
    run = visitor.data("run")
    visitor.slider("SGD", "lr").press("ArrowRight")
    visitor.wait_for_other_run(run)
    assert take(visitor, key)[1] == b"made"  # at once: it waits for the address
    assert asked[1] == [
        ("page", "surfaces"),
        *[pair for pair in parse_qsl(urlsplit(visitor.page.url).query) if pair[0] not in ("lang", "page")],
    ]
    assert ("surface", "long_valley,condition:50,angle:0") in asked[1]
    visitor.allowed = "400"
    dialog = open_dialog(visitor)
    way(dialog, key).click()
    expect(dialog.get_by_role("status")).to_contain_text("seed must be whole")


@pytest.mark.parametrize("lang", i18n.LANGUAGES)
def test_the_dialog_fits_a_phone(play, lang):
    visitor = play(lang=lang, size=(390, 844), has_touch=True, is_mobile=True).wait_until_shown()
    dialog = open_dialog(visitor)
    check_words(visitor)
    box = dialog.bounding_box()
    assert box["x"] >= 0 and box["y"] >= 0 and box["x"] + box["width"] <= 390 and box["y"] + box["height"] <= 844
    for one in dialog.get_by_role("button").all():
        if one.is_visible():
            assert min(one.bounding_box()["width"], one.bounding_box()["height"]) >= 44
    assert dialog.evaluate("(node) => node.scrollWidth <= node.clientWidth && node.scrollHeight <= node.clientHeight")
