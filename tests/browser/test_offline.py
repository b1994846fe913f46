"""The server goes away in the middle of a lesson, and comes back."""

import pytest
from playwright.sync_api import expect

from tests.browser.visitor import SILENCE
from tests.servers import free_port, running


@pytest.fixture
def port():
    return free_port()


@pytest.mark.long
def test_the_stage_goes_on_without_the_server(visit, port):
    with running(PORT=str(port)) as server:
        visitor = visit(server=server).wait_until_shown().stop_at_end()
        server.process.kill()
        server.process.wait()
    visitor.allowed = SILENCE
    visitor.press("Home", "Space").wait("data.state === 'playing' && data.step > 3")
    visitor.press("Space").wait_for_state("paused")
    run, slider = visitor.data("run"), visitor.slider("Adam", "lr")
    place = visitor.grip(slider)
    for share in (0.5, 0.6):
        visitor.page.mouse.move(*place(share))
        run = visitor.wait_for_other_run(run)
    visitor.page.mouse.up()
    notice = visitor.stage.get_by_role("status").filter(has_text=visitor.words("stage.notice.unsaved"))
    expect(notice).to_be_visible()
    assert visitor.query == ""
    visitor.control("slider", "playhead").fill("40")
    visitor.wait("data.step === '40'")
    with running(PORT=str(port)):
        visitor.wait_for_link()
        expect(notice).to_be_hidden()
        assert visitor.data("run") == run and visitor.step == 40
        expect(visitor.page.get_by_role("table")).to_be_visible()
        visitor.page.close()
