"""The grip over what stands under the map: it is pulled taller by hand and by keys, and brought back."""

import re

import pytest
from playwright.sync_api import expect


@pytest.mark.parametrize("at", ["surfaces", "network"])
def test_the_lower_part_is_pulled_taller_and_brought_back(play, at):
    visitor = play(at=at).stop_at_end()
    grip, chart = visitor.control("separator", "pull"), visitor.stage.locator(".chart")

    def height():
        return chart.bounding_box()["height"]

    first, (x, y, width, _) = height(), grip.bounding_box().values()
    expect(grip).to_have_attribute("aria-valuenow", {"surfaces": "22", "network": "33"}[at])  # before any hand is laid on it
    visitor.page.mouse.move(x + width / 2, y + 4)
    visitor.page.mouse.down()
    visitor.page.mouse.move(x + width / 2, y - 96, steps=3)
    visitor.page.mouse.up()
    assert height() == pytest.approx(first + 100, abs=6)
    visitor.wait_until_shown() if at == "surfaces" else None
    grip.press("ArrowDown")
    assert first < height() < first + 95
    now = float(grip.get_attribute("aria-valuenow"))
    assert now == pytest.approx(100 * height() / visitor.stage.locator(".board").bounding_box()["height"], abs=5)
    visitor.press(*["ArrowUp"] * 20)
    expect(grip).to_have_attribute("aria-valuenow", "60")
    expect(visitor.page).to_have_url(re.compile("lower=60"))
    grip.dblclick()
    assert height() == pytest.approx(first, abs=1)
    expect(visitor.page).not_to_have_url(re.compile("lower="))
