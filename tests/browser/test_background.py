"""A page whose window is minimized: nothing is drawn for nobody, what is done meanwhile holds, and it goes on where it was.

Playwright has its own pages believe that they are seen, so this one is opened and asked by the browser's protocol itself.
"""

import json
from contextlib import closing

import pytest

from tests.browser.visitor import PATIENCE

PEN = """(() => {
  const { Stage } = speedup("stage/stage.js"), { draw } = Stage.prototype;
  globalThis.drawn = 0;
  Stage.prototype.draw = function (now) { drawn += 1; return draw.call(this, now); };
})()"""
STATE = "(() => { const { state, step } = document.querySelector('[data-testid=stage]')?.dataset ?? {}; return [state, Number(step)]; })()"


class Window:
    """A window of the browser with a page in it; `errors` are those that the page met."""

    def __init__(self, browser, url):
        self.browser, self.answers, self.asked, self.errors = browser.new_browser_cdp_session(), {}, 0, []
        self.browser.on("Target.receivedMessageFromTarget", lambda told: self.take(json.loads(told["message"])))
        self.target = self.browser.send("Target.createTarget", {"url": url, "newWindow": True})["targetId"]
        self.page = self.browser.send("Target.attachToTarget", {"targetId": self.target, "flatten": False})["sessionId"]
        self.send("Runtime.enable")

    def take(self, told):
        """Keeps what the page answers, and what went wrong in it."""
        if told.get("method") == "Runtime.exceptionThrown":
            self.errors.append(told["params"])
        self.answers[told.get("id")] = told.get("result")

    def send(self, method, **params):
        """The answer of the page to a command of the protocol."""
        self.asked += 1
        message = json.dumps({"id": self.asked, "method": method, "params": params})
        self.browser.send("Target.sendMessageToTarget", {"sessionId": self.page, "message": message})
        while self.asked not in self.answers:
            self.browser.send("Browser.getVersion")  # meanwhile answers come in
        return self.answers[self.asked]

    def ask(self, expression):
        """What an expression, or a promise, gives in the page."""
        answer = self.send("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in answer, (expression, answer)
        return answer["result"].get("value")

    def wait(self, condition):
        """Returns once an expression of the page is true; a page that isn't seen has timers, but no frames."""
        look = (
            f"const look = () => ({condition}) ? done() : Date.now() < end ? setTimeout(look, 20) : late('never came'); look();"
        )
        self.ask(f"new Promise((done, late) => {{ const end = Date.now() + {PATIENCE}; {look} }})")

    def be(self, state):
        """Makes the window `minimized` or `normal`."""
        window = self.browser.send("Browser.getWindowForTarget", {"targetId": self.target})["windowId"]
        self.browser.send("Browser.setWindowBounds", {"windowId": window, "bounds": {"windowState": state}})
        self.wait(f"document.visibilityState === '{'hidden' if state == 'minimized' else 'visible'}'")

    def close(self):
        """Closes it."""
        self.browser.send("Target.closeTarget", {"targetId": self.target})


@pytest.mark.parametrize("scene", ["surface=long_valley&steps=2000&lane=adam&lane=sgd", "page=network&steps=4000"])
@pytest.mark.long
def test_a_page_that_is_not_seen_draws_nothing_and_goes_on_where_it_was(browsers, server, scene):
    with closing(Window(browsers(), f"{server.url}/play?{scene}&lang=en")) as window:
        window.wait(f"{STATE}[0] === 'playing' && {STATE}[1] > 2")
        window.ask(PEN)
        window.wait("drawn > 2")
        window.be("minimized")
        before, step = window.ask(f"[drawn, {STATE}[1]]")
        window.ask("document.querySelector('.lane .toggle').click()")
        window.wait("location.search.includes('off=1')")  # the server has it, which takes longer than many frames
        assert window.ask(f"[drawn, ...{STATE}]") == [before, "playing", step]
        window.be("normal")
        window.wait(f"drawn > {before} + 2 && {STATE}[1] > {step}")
        assert window.ask("document.querySelector('.lane .toggle').ariaPressed") == "false" and not window.errors
