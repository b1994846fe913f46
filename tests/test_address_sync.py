"""What a run of a page leaves behind when a newer request stops it, wherever that is."""

import itertools

import pytest

from speedup.scenes import network_scene, surfaces_scene
from speedup.web import address_sync, session, sidebar, widgets
from speedup.web.stage import Commit
from speedup.words.settings import SETTINGS

KINDS = {kind.NAME: kind for kind in (surfaces_scene, network_scene)}


class Stopped(BaseException):
    """As Streamlit stops a run."""


class State(dict):
    """Streamlit's state of a session: every use of it may be where a run is stopped, after `left` more of them."""

    left = None

    def use(self, method, *args):
        if self.left is not None:
            if self.left == 0:
                raise Stopped
            self.left -= 1
        return method(self, *args)

    def get(self, name, default=None):
        return self.use(dict.get, name, default)

    def pop(self, name, *default):
        return self.use(dict.pop, name, *default)

    def __getitem__(self, name):
        return self.use(dict.__getitem__, name)

    def __getattr__(self, name):
        return self[name]

    def __setattr__(self, name, value):
        if name == "left":
            super().__setattr__(name, value)
        else:
            self.use(dict.__setitem__, name, value)


class Query(dict):
    """The address, {field: [text, …]}."""

    def __init__(self, state):
        self.state = state

    def get_all(self, field):
        return self[field]

    def from_dict(self, fields):
        self.state.use(lambda _: self.update(dict(fields)) if not self.clear() else None)


class Visitor:
    """A session, and a run of one of its pages."""

    def __init__(self, monkeypatch):
        self.session_state, self.history = State(), False
        self.query_params = Query(self.session_state)
        for module in address_sync, session, sidebar, widgets:
            monkeypatch.setattr(module, "st", self)
        monkeypatch.setattr(address_sync, "goes_through_history", lambda: self.history)

    def rerun(self):
        raise Stopped

    def run(self, kind, address=None, commit=None):
        """Runs a page up to its stage, with the address that the browser has sent, by Back or a link of the app."""
        self.history = address is not None
        if self.history:
            self.query_params.clear()
            self.query_params.update({field: [text for _, text in pairs] for field, pairs in grouped(address)})
        address_sync.follow(kind)
        if commit:
            address_sync.adopt(kind, commit)
        address_sync.write(kind, "en")
        return session.scene()

    def selectbox(self, label, *arguments, key, on_change, args, index=0, **options):
        self.chosen = lambda: on_change(*args)  # as Streamlit calls it, before the run, for a value that is another one
        dict.setdefault(self.session_state, key, list(arguments[0])[index])
        return dict.get(self.session_state, key)

    def show(self, before=lambda: None):
        """Runs the page with its first setting, the surface, again if it asks for that. Returns the surface."""
        before()
        widgets.begin()
        self.run(surfaces_scene)
        sidebar.setting(surfaces_scene, SETTINGS["surfaces"][0], "en", quiet=True)
        return self.show() if self.session_state.changed else session.scene().race.surface


def grouped(fields):
    return [(field, list(pairs)) for field, pairs in itertools.groupby(sorted(fields), lambda pair: pair[0])]


@pytest.fixture
def visitor(monkeypatch):
    return Visitor(monkeypatch)


FIRST = [("surface", "booth"), ("steps", "77")]
OTHER = [("dataset", "sine"), ("steps", "60")]
SECOND = [("surface", "booth"), ("steps", "90")]


def everywhere(visitor, run):
    """Stops the run after one use of the state more each time, until it comes to its end."""
    for left in itertools.count():
        before = dict(visitor.session_state), dict(visitor.query_params)
        visitor.session_state.left = left
        try:
            run()
            visitor.session_state.left = None
            return
        except Stopped:
            visitor.session_state.left = None
            yield left
        visitor.session_state.clear()
        visitor.session_state.update(before[0])
        visitor.query_params.clear()
        visitor.query_params.update(before[1])


def test_a_link_after_a_stopped_page_shows_its_scene(visitor):
    visitor.run(surfaces_scene, SECOND)
    visitor.run(surfaces_scene, FIRST)
    last = -1
    for last in everywhere(visitor, lambda: visitor.run(network_scene, OTHER)):  # noqa: B007
        assert visitor.run(surfaces_scene, SECOND).race.steps == 90
        for name, scene in session.session().kept.items():
            assert scene is None or KINDS[name].scene_fields(scene)
        assert visitor.run(network_scene, OTHER).run.steps == 60
    assert last > 3  # or nothing was tried


def test_what_the_stage_has_committed_is_taken_though_the_run_is_stopped(visitor):
    scene = visitor.run(surfaces_scene, FIRST)
    sent = surfaces_scene.scene_json(scene) | {"steps": 55}
    commit, last = Commit("1", sent, True), -1
    for last in everywhere(visitor, lambda: visitor.run(surfaces_scene, commit=commit)):  # noqa: B007
        taken = session.session().commits.get("surfaces") == "1"
        assert taken == (session.scene().race.steps == 55)
        assert visitor.run(surfaces_scene, commit=None if taken else commit).race.steps == 55
        assert visitor.query_params["steps"] == ["55"]
    assert last > 3  # or nothing was tried


def test_what_a_widget_was_changed_to_is_taken_though_the_run_is_stopped(visitor):
    """Streamlit calls for a change once."""
    visitor.run(surfaces_scene, FIRST)
    visitor.show()
    assert visitor.show() == "booth"
    last = -1
    dict.__setitem__(visitor.session_state, "surface", "beale")
    for last in everywhere(visitor, lambda: visitor.show(visitor.chosen)):  # noqa: B007
        assert visitor.show() == "beale" == visitor.session_state["surface"]
    assert last > 6  # or nothing was tried
    assert visitor.show() == "beale"


def test_a_widget_follows_a_scene_that_changes_elsewhere_though_runs_are_stopped(visitor):
    visitor.run(surfaces_scene, FIRST)
    visitor.show()
    visitor.show()
    for surface in ("beale", "himmelblau"):
        scene = surfaces_scene.changed(session.scene(), "surface", surface)
        session.leave(scene=scene)
        for _ in everywhere(visitor, visitor.show):
            assert visitor.show() == surface == visitor.session_state["surface"]
