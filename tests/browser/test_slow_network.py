"""The server's answers are slow, as in a full classroom: nothing that the visitor does meanwhile is lost."""

import pytest

from tests.browser.visitor import linked


class Line:
    """A WebSocket whose messages from the server can be held back. `sent` counts the page's own."""

    def __init__(self):
        self.sent, self.holds, self.held, self.page_end = 0, False, [], None

    def route(self, socket):
        """Stands between page and server."""
        self.page_end, server = socket, socket.connect_to_server()
        socket.on_message(lambda message: self.send(server, message))
        server.on_message(lambda message: self.held.append(message) if self.holds else socket.send(message))

    def send(self, server, message):
        self.sent += 1
        server.send(message)

    def let_go(self):
        """Delivers what was held back."""
        self.holds, held, self.held = False, self.held, []
        for message in held:
            self.page_end.send(message)


@pytest.fixture
def line():
    return Line()


@pytest.fixture
def visitor(visit, line):
    """On that line, the race at its end."""
    one = visit(relief=True, size=(1280, 720), prepare=lambda page: page.route_web_socket("**/_stcore/stream", line.route))
    return one.wait_until_shown().stop_at_end()


def wait_until_sent(visitor, line, count):
    """Until the page has sent another message than its first `count`."""
    while line.sent <= count:
        visitor.wait("new Promise((resolve) => requestAnimationFrame(() => resolve(true)))")


@pytest.mark.long
def test_two_changes_before_an_answer(visitor, line):
    line.holds = True
    visitor.press("2")
    wait_until_sent(visitor, line, line.sent)
    sent = line.sent
    visitor.press("v").wait_for_view("3d")
    wait_until_sent(visitor, line, sent)
    line.let_go()
    visitor.page.wait_for_url(lambda url: linked(url) and linked(url).off and linked(url).view == "3d")
    visitor.wait_for_view("3d")
    assert not visitor.spec["lanes"][1]["on"]


@pytest.mark.long
def test_an_answer_while_dragging(visitor, line):
    line.holds = True
    run = visitor.data("run")
    place = visitor.grip(visitor.slider("SGD", "lr"))
    visitor.page.mouse.move(*place(0.4))
    run, sent = visitor.wait_for_other_run(run), line.sent
    visitor.page.mouse.up()
    wait_until_sent(visitor, line, sent)
    place = visitor.grip(visitor.slider("Adam", "lr"))
    visitor.page.mouse.move(*place(0.6))
    run = visitor.wait_for_other_run(run)
    line.let_go()
    visitor.page.wait_for_url(linked)
    visitor.wait_for_table(linked(visitor.page.url).race)  # the answer to the first has come
    visitor.page.mouse.up()
    visitor.wait_for_link()
    assert visitor.data("run") == run
