"""Films of a run: played by the browser, compared with pictures; cancelled; where a browser records none."""

import base64
import io

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.test_take_away import CHART, LEGEND, SCENES, at_step, open_dialog, part, pixels, take, way

FRAMES = """async ([bytes, type, shares]) => {
  const src = URL.createObjectURL(new Blob([Uint8Array.from(atob(bytes), (one) => one.charCodeAt(0))], { type }));
  const video = Object.assign(document.createElement("video"), { src, muted: true });
  await new Promise((resolve, reject) => {
    video.onloadeddata = resolve;
    video.onerror = () => reject(new Error(video.error.message));
  });
  const canvas = Object.assign(document.createElement("canvas"), { width: video.videoWidth, height: video.videoHeight });
  const found = [];
  for (const share of shares) {
    video.currentTime = share * video.duration;
    await new Promise((resolve) => { video.onseeked = resolve; });
    const context = canvas.getContext("2d");
    context.clearRect(0, 0, canvas.width, canvas.height);
    do { // a busy browser has found the place, and not yet the picture
      await new Promise(requestAnimationFrame);
      context.drawImage(video, 0, 0);
    } while (!context.getImageData(0, 0, 1, 1).data[3]);
    found.push(canvas.toDataURL("image/png").split(",")[1]);
  }
  return [video.duration, found];
}"""


@pytest.mark.parametrize("page, query", [SCENES[0], SCENES[2]], ids=["2d", "network"])  # in 3D it is that of a picture
@pytest.mark.long
def test_a_film_goes_from_the_first_step_to_the_last(play, page, query):
    visitor = at_step(play, page, query, 30)
    name, film = take(visitor, "film")
    assert name == f"speedup-{'circle' if page else 'rosenbrock'}.webm"
    assert (visitor.data("step"), visitor.data("state")) == ("30", "paused")
    length, frames = visitor.page.evaluate(FRAMES, [base64.b64encode(film).decode(), "video/webm", [0, 0.5, 0.999]])
    assert length > 1.5
    frames = [pixels(base64.b64decode(frame)) for frame in frames]
    for step, frame in ((0, frames[0]), (visitor.spec["steps"], frames[2])):
        assert frame.shape == (720, 1280, 3)
        visitor.control("slider", "playhead").fill(str(step))
        visitor.wait("data.step === arg", str(step))
        picture = Image.open(io.BytesIO(take(visitor, "picture")[1])).convert("RGB").resize((1280, 720))
        off = np.abs(frame - np.asarray(picture).astype(int)).max(axis=2)
        for box in (CHART, LEGEND) if page else (CHART,):
            assert (part(off, box) > 90).mean() < 0.01
    assert (np.abs(frames[2] - frames[0]).max(axis=2) > 90).mean() > 0.001


def test_a_film_can_be_cancelled(play):
    visitor = play("surface=beale&steps=2000").stop_at_end()
    visitor.control("slider", "playhead").fill("2")
    visitor.wait("data.step === '2' && data.state === 'paused'")
    saved = []
    visitor.page.on("download", lambda file: saved.append(file))
    dialog = open_dialog(visitor)
    way(dialog, "film").click()
    visitor.wait("stage.querySelector('.takeaway progress').value > 0")
    expect(way(dialog, "picture")).to_be_disabled()
    dialog.get_by_role("button", name=visitor.words("stage.takeaway.cancel")).click()
    expect(dialog.get_by_role("status")).to_have_text(visitor.words("stage.takeaway.cancelled"))
    expect(way(dialog, "picture")).to_be_enabled()
    assert visitor.stage.locator(".offscreen").count() == 0 and saved == []
    assert (visitor.data("step"), visitor.data("state")) == ("2", "paused")
    way(dialog, "film").click()
    visitor.wait("stage.querySelector('.takeaway progress').value > 0")
    visitor.press("Escape").wait("!stage.querySelector('.offscreen')")
    assert saved == []


@pytest.mark.long
def test_a_browser_that_records_nothing_says_so(play):
    visitor = play(prepare=lambda page: page.add_init_script("delete window.MediaRecorder")).wait_until_shown()
    dialog = open_dialog(visitor)
    expect(way(dialog, "film")).to_be_disabled()
    expect(way(dialog, "film")).to_contain_text(visitor.words("stage.takeaway.no_film"))
    expect(way(dialog, "picture")).to_be_enabled()
