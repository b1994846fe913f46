"""The limit instrument on the stage: it says what its number means, follows a slider, and is on the key."""

from playwright.sync_api import expect

from speedup.scenes.surfaces_scene import PANELS

QUERY = "surface=long_valley&steps=60&lane=sgd,lr:0.038&lane=lion&lane=adam,lr:0.1&panel=limit"


def test_it_says_what_the_number_means_and_follows_a_slider(play):
    visitor = play(QUERY).stop_at_end()
    finding = visitor.stage.locator(".finding")
    expect(finding).to_contain_text("1.9")
    expect(finding).to_contain_text(visitor.words("stage.limit.edge"))
    lr = visitor.stage.get_by_role("slider", name=f"SGD, {visitor.words('stage.hyperparameters.lr')}", exact=True)
    lr.focus()
    for _ in range(40):
        lr.press("ArrowRight")
    expect(finding).to_contain_text(visitor.words("stage.limit.grows"))
    canvas = visitor.stage.get_by_role("img", name=visitor.words("stage.limit.title"))
    expect(canvas).to_be_visible()
    visitor.press(*"i" * (len(PANELS) - PANELS.index("limit")))
    expect(canvas).to_be_hidden()
    visitor.stage.get_by_role("button", name=visitor.words("stage.panels.loss"), exact=True).click()
    expect(visitor.stage.locator(".chart canvas").first).to_be_visible()
