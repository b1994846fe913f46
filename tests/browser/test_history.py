"""Back between pages while the server is slow: what it has sent comes piece by piece, or too late."""

import pytest
from playwright.sync_api import expect

from speedup.scenes.lesson import TELLINGS
from tests.browser.test_telling import shows, spec_of

ROW = TELLINGS["slope"]


class Line:
    """The WebSocket's frames to the page: from the first one that holds `text` on they wait, until `release`."""

    def __init__(self, page):
        self.text, self.waiting = None, []
        page.route_web_socket("**/_stcore/stream", self.route)

    def route(self, page_end):
        """Stands between a page and the server."""

        def take(frame):
            if self.waiting or (self.text and self.text in frame):
                self.waiting.append((page_end, frame))
            else:
                page_end.send(frame)

        page_end.connect_to_server().on_message(take)

    def release(self):
        """Lets through what waits, and all that follows."""
        waiting, self.text, self.waiting = self.waiting, None, []
        for page_end, frame in waiting:
            page_end.send(frame)


@pytest.fixture
def halfway(visit):
    """A visitor on the way from a surface back to the lesson, and the line: the query is still to come."""
    lines = []
    visitor = visit("scene=slope", at="lesson", prepare=lambda page: lines.append(Line(page)))
    shows(visitor, ROW.scene)
    visitor.stage.locator(".leave").click()
    visitor.wait("!('lesson' in data)")
    shows(visitor, ROW.scene)
    lines[0].text = b"scene=slope"
    visitor.page.get_by_role("link", name=visitor.words("lesson.back")).click()
    visitor.page.wait_for_url("**/lesson", wait_until="commit")
    return visitor, lines[0]


@pytest.mark.long
def test_back_leads_to_what_was_seen_not_to_a_page_that_still_lacked_its_query(halfway):
    visitor, line = halfway
    line.release()
    visitor.page.wait_for_url("**/lesson?scene=slope*", wait_until="commit")
    visitor.wait("'lesson' in data")
    shows(visitor, ROW.scene)
    visitor.page.go_back()
    visitor.wait("!('lesson' in data)")
    assert shows(visitor, ROW.scene) == spec_of(ROW.scene)
    expect(visitor.page.get_by_role("alert")).to_have_count(0)


@pytest.mark.long
def test_a_query_that_comes_after_back_is_not_left_behind_the_other_page(halfway):
    visitor, line = halfway
    visitor.page.go_back()
    visitor.page.wait_for_url("**/?surface=long_valley*", wait_until="commit")
    line.release()
    visitor.page.wait_for_url("**/?surface=long_valley%2C*", wait_until="commit")  # as the server writes it
    expect(visitor.page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")  # the sidebar is there
    steps = visitor.page.get_by_label(visitor.words("page.steps"), exact=True)
    steps.fill("100")
    steps.press("Enter")
    visitor.page.wait_for_url("**steps=100*", wait_until="commit")
    visitor.wait("stage?.run?.spec.steps === 100")
    assert visitor.race.surface == "long_valley" and visitor.race.lanes == ROW.scene.race.lanes
