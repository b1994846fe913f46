"""The limit instrument of a training on the stage: its thread measures, a sentence says what the number means."""

import re

from playwright.sync_api import expect

QUERY = "dataset=sine&samples=60&test=0.2&hidden=8,8&activation=tanh&batch=60&steps=1200&lane=sgd,lr:0.3&lane=lion&change=900,2,lr,0.0002&panel=limit"
NUMBER = r"(\d[\d.]*)"


def said(visitor, sentence):
    """The numbers in the sentence, a regular expression, once it is said."""
    finding = visitor.stage.locator(".finding")
    expect(finding).to_have_text(re.compile(sentence))
    return [float(one) for one in re.search(sentence, finding.inner_text()).groups()]


def share(visitor):
    """SGD's, at the playhead."""
    return said(visitor, visitor.words("stage.limit.of", lane="SGD", now=NUMBER, limit="2"))[0] / 2


def test_gradient_descent_climbs_to_its_limit(play):
    visitor = play(QUERY, at="network").wait_until_trained().stop_at_end()
    assert abs(share(visitor) - 1) < 0.1
    canvas = visitor.stage.get_by_role("img", name=visitor.words("stage.limit.title"))
    expect(canvas).to_be_visible()
    expect(visitor.control("combobox", "network.turn")).to_be_visible()
    expect(visitor.stage.locator("[data-name=seeds]")).to_be_hidden()
    expect(visitor.stage.locator(".sheet .change")).to_be_in_viewport()
    visitor.control("button", "limit.directions").click()
    second, third = said(visitor, visitor.words("stage.limit.further", next=f"{NUMBER}, {NUMBER}"))
    assert share(visitor) * 2 >= second > third > 0  # the second one is at the edge, too
    visitor.press("Home").wait_for_state("paused")
    assert 0.6 < share(visitor) < 0.8
    visitor.stage.locator(".lane[data-lane='1']").hover()
    expect(visitor.stage.locator(".finding")).to_have_text(visitor.words("stage.limit.none", lane="Lion"))
    visitor.stage.locator("button[data-panel=loss]").click()
    expect(visitor.stage.locator(".chart canvas").first).to_be_visible()
    expect(canvas).to_be_hidden()
    visitor.page.wait_for_url(lambda url: "panel" not in url)
