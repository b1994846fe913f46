"""The rates of a training on the stage: threads compute them, and a dot that is dragged is its lane's learning rate."""

from playwright.sync_api import expect

from tests.browser.test_rates import drag

QUERY = "samples=40&hidden=3&steps=20&batch=20&lane=sgd,lr:0.01&lane=adam,lr:0.3&chosen=2&panel=rates"


def test_curves_come_from_threads_and_a_dot_is_its_lanes_rate(play):
    visitor = play(QUERY, at="network").stop_at_end()
    finding, bar = visitor.stage.locator(".finding"), visitor.stage.locator(".sweep progress")
    expect(finding).to_contain_text(visitor.words("stage.rate.seeds", count=8))
    expect(bar).to_be_hidden()
    before = finding.inner_text()
    drag(visitor, 4 / 7, 4.5 / 7)  # 10^-2 is where SGD's dot is
    visitor.wait_for_training_link()
    sgd, adam = visitor.training.lanes
    assert 0.028 < sgd.hyperparameters["lr"] < 0.035 and adam.hyperparameters["lr"] == 0.3 and not visitor.training.changes
    visitor.stage.locator(".lane .name").last.hover()
    expect(finding).to_have_text(before)  # nothing was computed anew
    visitor.control("combobox", "rate.against").select_option("batch")
    visitor.page.wait_for_url("**against=batch*")
    expect(finding).not_to_have_text(before)
    expect(finding).to_contain_text(visitor.words("stage.rate.seeds", count=8))
