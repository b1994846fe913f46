"""The picture of outcomes of a training on the stage: threads compute it, a press loads what is there, it is zoomed and stopped."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_outcomes_panel import PLOT

QUERY = "samples=40&hidden=3&steps=8&batch=20&lane=sgd,lr:0.01&lane=momentum,lr:0.01,momentum:0.5&chosen=2&panel=map"
# Notes that a picture isn't sharp any more: a quick machine has it sharp again before a test can look.
WATCHED = """(sheet) => new MutationObserver(() => { sheet.begunAnew ||= !("sharp" in sheet.dataset); }).observe(sheet, { attributes: true })"""


@pytest.mark.long
def test_a_press_loads_what_is_there_and_it_is_zoomed(play):
    visitor = play(QUERY, at="network").stop_at_end()
    sheet, finding, mouse = visitor.stage.locator(".outcomes"), visitor.stage.locator(".finding"), visitor.page.mouse
    expect(sheet).to_have_attribute("data-sharp", "")
    expect(finding).to_contain_text(visitor.words("stage.outcomes.budget", columns=128, rows=96, steps=8))
    before = visitor.data("run")
    left, top, width, height = visitor.stage.evaluate(PLOT)
    mouse.move(left + width * 4.5 / 7, top + height / 2)
    said = visitor.words("stage.loss", loss="(.+)")
    expect(finding).to_have_text(re.compile(f"lr .+, β .+: {said}"))
    there = re.search(said, finding.inner_text())[1]
    mouse.down()
    mouse.up()
    visitor.wait_for_other_run(before)
    visitor.wait_for_training_link()
    _, lane = visitor.training.lanes
    assert 0.028 < lane.hyperparameters["lr"] < 0.035 and lane.hyperparameters["momentum"] > 0.98
    visitor.wait_until_trained()
    expect(visitor.stage.locator(".lane").nth(1)).to_contain_text(there)
    expect(sheet).to_have_attribute("data-sharp", "")  # another place in the same picture
    sheet.evaluate(WATCHED)
    for _ in range(3):
        mouse.wheel(0, -100)
    visitor.page.wait_for_url("**region=*")
    visitor.wait("stage.querySelector('.outcomes').begunAnew")
    mouse.move(5, 5)
    visitor.stage.get_by_label(visitor.words("stage.outcomes.pair")).select_option("lr,batch")
    visitor.page.wait_for_url(lambda url: "pair=lr,batch" in url and "region" not in url)
    visitor.press("Control+z").wait("data.run === arg", before)


def test_it_is_stopped_and_goes_on(play):
    """However quick the machine: it would take some minutes."""
    visitor = play("steps=2000&lane=sgd,lr:0.01&panel=map", at="network")
    sheet, finding, stop = (visitor.stage.locator(one) for one in (".outcomes", ".finding", ".computed button"))
    stopped = re.compile(visitor.words("stage.outcomes.stopped", share=r"\d+"))
    stop.click()
    expect(finding).to_contain_text(stopped)
    expect(sheet).not_to_have_attribute("data-sharp", "")
    stop.click()
    expect(finding).not_to_contain_text(stopped)
