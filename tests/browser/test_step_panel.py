"""The step instrument on the stage: an update's lines with their values, step by step, following a slider."""

import pytest
from playwright.sync_api import expect

from speedup import Lane, RaceSpec, anatomy

SPEC = RaceSpec("beale", steps=60, lanes=(Lane("adam", lr=0.1), Lane("sgd", lr=0.01)))
QUERY = "surface=beale&steps=60&lane=adam,lr:0.1&lane=sgd,lr:0.01&panel=step"


def digits(text):
    """The number that a cell shows."""
    return float(text.replace("×10", "e").translate(str.maketrans("−⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "--0123456789")))


def test_it_shows_the_update_at_the_playhead_and_follows_a_slider(play):
    visitor = play(QUERY).stop_at_end()
    finding, table = visitor.stage.locator(".finding"), visitor.stage.get_by_role("table").last
    expect(finding).to_contain_text("59 → 60")
    visitor.press("Home", ".", ".")
    expect(finding).to_contain_text("2 → 3")
    one = anatomy(SPEC, 0, 2)
    cells = table.locator("tbody tr").last.locator("td").all_inner_texts()[:2]
    assert [digits(cell) for cell in cells] == pytest.approx(one.lines[-1].value.tolist(), rel=1e-3)
    assert table.locator("tbody th").all_inner_texts()[0] == "m = β₁·m + (1 − β₁)·g"
    lr = visitor.stage.get_by_role("slider", name=f"Adam, {visitor.words('stage.hyperparameters.lr')}", exact=True)
    lr.focus()
    for _ in range(20):
        lr.press("ArrowRight")
    expect(table.locator("tbody tr").last.locator("td").first).not_to_have_text(cells[0])


def test_all_of_an_update_is_in_sight_where_a_sidebar_leaves_less_room(play):
    visitor = play("panel=step&chosen=5", size=(1020, 720)).stop_at_end()
    beyond = "(sheet) => [...sheet.querySelectorAll('td')].map((one) => one.getBoundingClientRect().right - sheet.getBoundingClientRect().right)"
    found = visitor.stage.locator(".anatomy").evaluate(beyond)
    assert len(found) > 20 and max(found) <= 0.5
    expect(visitor.stage.locator("[data-part=before]")).to_be_visible()


def test_what_a_lane_opens_at_the_list_s_end_is_brought_into_sight(play):
    visitor = play()
    visitor.stage.get_by_role("button", name=visitor.words("stage.add")).click()
    visitor.stage.get_by_role("button", name="Lion").click()
    last = visitor.stage.locator(".lane").nth(5)
    last.locator(".more").click()
    expect(last.get_by_role("button", name=visitor.words("stage.remove"))).to_be_in_viewport(ratio=1)
