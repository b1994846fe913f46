"""A visitor of the app: a page in a browser of its own, what it shows, and hands to use it.

Everything waits for a state of the app, never for a time.
"""

import re
from urllib.parse import parse_qsl, unquote, urlsplit

from playwright.sync_api import TimeoutError, expect

from speedup import simulate
from speedup.scenes import network_scene
from speedup.scenes.surfaces_scene import read_scene, scene_from_json
from speedup.words import i18n, results
from tests.browser.shown import RUN, SHOWN, SPEC

LOCALES = {"en": "en-GB", "zh": "zh-CN"}
ELSEWHERE = re.compile(r"/(network|lesson)/_stcore/")  # Streamlit looks for its server below a page's own address first
# What the browser and Streamlit log about a server that isn't there.
SILENCE = r"net::ERR_|WebSocket|disconnected from server|No response received|server is not responding|DoInitPings timed out"
PATIENCE = 60_000  # milliseconds until a state that does not come is given up: machines may be busy
expect.set_options(timeout=PATIENCE)


def linked(url):
    """The Scene that an address gives, None for the bare address."""
    pairs = [(field, text) for field, text in parse_qsl(urlsplit(url).query) if field not in ("lang", "page")]
    return read_scene(pairs)[0] if pairs else None


class Visitor:
    """`page`: Playwright's; `stage`: its locator; `sent`: requests and frames; `complaints`: may not be; `home`: see `leave`."""

    def __init__(self, browser, url, size=(1280, 720), prepare=None, lang="en", **context):
        width, height = size
        self.url, self.lang, self.complaints, self.sent, self.allowed, self.home = url, lang, [], [], None, None
        context = {"bypass_csp": True} | context  # Playwright waits for an expression by `eval`; see test_policy.py
        context |= {"viewport": {"width": width, "height": height}, "locale": LOCALES[lang]}
        self.context = browser.new_context(**context)
        self.context.set_default_timeout(PATIENCE)
        self.page = self.context.new_page()
        self.stage = self.page.get_by_test_id("stage")
        self.watch()
        if prepare:
            prepare(self.page)

    def watch(self):
        """Takes down errors, and requests that fail or go to another host."""
        self.page.on(
            "console",
            lambda said: (
                said.type == "error" and not ELSEWHERE.search(said.location["url"]) and self.complain(f"console: {said.text}")
            ),
        )
        self.page.on("pageerror", lambda error: self.complain(f"page: {error}"))
        self.page.on("request", lambda request: self.note(request.url))
        self.page.on("websocket", self.watch_socket)
        self.page.on(
            "response",
            lambda one: one.status >= 400 and not ELSEWHERE.search(one.url) and self.complain(f"{one.status}: {one.url}"),
        )

    def watch_socket(self, socket):
        """Takes down what is sent through a WebSocket."""
        self.note(socket.url)
        socket.on("framesent", lambda frame: self.sent.append(f"a frame of {len(frame)}"))

    def note(self, url):
        """Takes down a request. Only the server may be asked; data: and blob: ask nobody, nor does what is kept for ever."""
        if "/assets/" in url and url in self.sent:
            return  # a thread has begun: the script is the page's own
        self.sent.append(url)
        asked = urlsplit(url)
        if asked.scheme not in ("data", "blob") and asked.netloc != urlsplit(self.url).netloc:
            self.complain(f"another host: {url}")

    def complain(self, text):
        """Keeps a complaint, unless the test has `allowed` it (a regular expression)."""
        if not (self.allowed and re.search(self.allowed, text)):
            self.complaints.append(text)

    def open(self, query="", page=""):
        """Goes to a page of the app."""
        self.page.goto(f"{self.url}/{page}{'?' if query else ''}{query}")
        return self

    def close(self):
        """Leaves for good."""
        self.context.close()

    def leave(self):
        """Closes the page, or brings it `home`, where those rest whom another test may take. Returns the complaints."""
        if self.home is None or self.page.is_closed():
            self.close()
        else:
            self.rest()
            self.home.append(self)
        complaints, self.complaints, self.sent, self.allowed = self.complaints, [], [], None
        return complaints

    def rest(self):
        """Leaves nothing behind that the next one in this page could find."""
        for other in self.context.pages[1:]:
            other.close()
        self.context.set_offline(False)
        self.page.unroute_all()
        self.page.mouse.up()
        self.page.goto(f"{self.url}/_stcore/health")  # a page of the same origin without anything in it
        self.page.evaluate("localStorage.clear(); sessionStorage.clear()")
        self.page.mouse.move(0, 0)

    # What is shown

    def wait(self, condition, argument=None):
        """Returns once a JavaScript expression of `stage`, `data` (its data-…) and `arg` is true."""
        names = "const stage = document.querySelector('[data-testid=stage]'), data = stage?.dataset ?? {};"
        try:
            self.page.wait_for_function(f"(arg) => {{ {names} return {condition}; }}", arg=argument)
        except TimeoutError:
            data = self.page.evaluate("({...document.querySelector('[data-testid=stage]')?.dataset})")
            raise AssertionError(f"never came: {condition}, {argument}; it is {data}; {self.complaints}") from None
        return self

    def wait_until_shown(self):
        """Until the run is drawn on its map; in the app, also until the words below are there."""
        self.wait(f"stage?.run && {SHOWN}")
        if not urlsplit(self.page.url).path.endswith("/play"):
            expect(self.page.get_by_role("table")).to_be_visible()
        return self

    def wait_until_trained(self):
        """Until the network's training that is wanted has come to its end."""
        return self.wait("stage?.run && stage.run.done === stage.run.spec.steps && stage.querySelector('[data-figure=shown]')")

    def wait_for_tools(self):
        """Until all is fetched that the buttons at the top open: nothing more comes by itself."""
        return self.wait("stage?.querySelector('.tools-bar[data-here]')")

    @property
    def training(self):
        """The TrainSpec whose run is drawn."""
        looks = {name: names[0] for name, names in network_scene.LOOKS.items()}
        return network_scene.scene_from_json(self.spec | looks | {"chosen": 0}).run

    def wait_for_training_link(self):
        """Until the address gives the training that is drawn."""
        run = self.training

        def gives(url):
            pairs = [(field, text) for field, text in parse_qsl(urlsplit(url).query) if field != "lang"]
            return network_scene.read_scene(pairs)[0].run == run

        self.page.wait_for_url(gives, wait_until="commit")
        return self

    def wait_for_state(self, *states):
        """Until data-state is one of these."""
        return self.wait("arg.includes(data.state)", list(states))

    def wait_for_other_run(self, run):
        """Until another run than this is on the screen; returns its name."""
        self.wait("data.run !== arg", run)
        return self.stage.evaluate(RUN)

    def data(self, name):
        """The stage's data-… attribute."""
        return self.stage.get_attribute(f"data-{name}")

    @property
    def step(self):
        """The step drawn."""
        return int(self.data("step"))

    @property
    def spec(self):
        """The spec whose run is drawn, plain JSON."""
        return self.stage.evaluate(SPEC)

    @property
    def race(self):
        """The same as a RaceSpec."""
        return scene_from_json(self.spec | {"view": "2d", "chosen": 0}).race

    @property
    def query(self):
        """The query string of the address, legible."""
        return unquote(urlsplit(self.page.url).query)

    def wait_for_link(self):
        """Until the address gives the race that is drawn."""
        race = self.race
        self.page.wait_for_url(lambda url: linked(url) and linked(url).race == race, wait_until="commit")
        return self

    def words(self, key, **values):
        """A text in the visitor's language."""
        return i18n.text(self.lang, key, **values)

    # Hands

    def control(self, role, key, **values):
        """The stage's control of a role that is named by a key of the locales."""
        return self.stage.get_by_role(role, name=self.words(f"stage.{key}", **values), exact=True)

    def slider(self, owner, key):
        """The slider of an optimizer's hyperparameter."""
        name = self.words(f"stage.hyperparameters.{key}")
        return self.stage.get_by_role("slider", name=f"{owner}, {name}", exact=True)

    def wait_for_view(self, view):
        """Until "2d" or "3d" is the view and its map is drawn."""
        button = self.control("button", f"view_{view}")
        expect(button).to_have_attribute("aria-pressed", "true")
        return self.wait_until_shown()

    def wait_for_table(self, race):
        """Until the table below says of this race what it has to: how each lane ended, its loss, …"""
        rows = self.page.get_by_role("table").get_by_role("row")
        for i, line in enumerate(results.table(simulate(race), self.lang).splitlines()[2:]):
            cells = [cell.strip() for cell in line.strip("| ").split(" | ")]
            expect(rows.nth(i + 1).get_by_role("cell")).to_have_text(cells)
        return self

    def press(self, *keys):
        """Presses keys, one after the other."""
        for key in keys:
            self.page.keyboard.press(key)
        return self

    def stop_at_end(self):
        """The playhead at the last step, whole paths drawn."""
        self.press("End")
        return self.wait_for_state("ended")

    @property
    def map(self):
        """The map's place in the page: x, y, width, height in pixels."""
        return self.stage.locator("[data-figure]").bounding_box()

    def grip(self, slider):
        """Presses the mouse on a slider's thumb. Returns place(share): where it is at a share of the way."""
        box, thumb = slider.bounding_box(), 16

        def place(share):
            return box["x"] + thumb / 2 + share * (box["width"] - thumb), box["y"] + box["height"] / 2

        share = slider.evaluate("(input) => (input.value - input.min) / (input.max - input.min)")
        self.page.mouse.move(*place(share))
        self.page.mouse.down()
        return place
