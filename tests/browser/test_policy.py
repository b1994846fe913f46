"""The Content-Security-Policy forbids nothing that the pages do, and what it is there for.

Only by locators: Playwright's other ways of waiting need `eval`, which the policy forbids.
"""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_take_away import RACE, TRAINING, take

AWAY = {"": ("picture", "script"), "network": ("numbers", "page"), "play": ("picture", "numbers", "script", "page", "film")}


@pytest.mark.parametrize(
    "at, query",
    [("", f"{RACE}&view=3d"), ("network", TRAINING), ("lesson", ""), ("play", RACE)],
    ids=["3d", "network", "lesson", "player"],
)
@pytest.mark.long
def test_all_works_under_the_policy(visit, at, query):
    visitor = visit(query, at=at, bypass_csp=False)
    expect(visitor.stage.locator(".tools-bar[data-here]")).to_have_count(1)
    expect(visitor.stage).to_have_attribute("data-state", re.compile("playing|paused|ended"))
    expect(visitor.stage.locator("[data-figure=shown]")).to_have_count(1)
    visitor.press("End")  # what plays on takes the time of all that follows
    for key in AWAY.get(at, ()):
        assert take(visitor, key)[1]
    if query:
        visitor.stage.get_by_role("button", name=visitor.words("stage.tools.share"), exact=True).click()
        expect(visitor.page.get_by_role("dialog").get_by_role("textbox")).to_be_visible()


@pytest.mark.long
def test_a_script_of_somebody_else_is_not_run(visit):
    visitor = visit(RACE, bypass_csp=False)
    visitor.allowed = "Content Security Policy"
    with visitor.page.expect_event("console", lambda said: visitor.allowed in said.text):
        visitor.stage.evaluate("(stage) => stage.setAttribute('onclick', 'document.title = 1')")
        visitor.stage.dispatch_event("click")
