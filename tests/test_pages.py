"""The pages as Streamlit runs them, without a browser: both languages, the link, the widgets, what is wrong named."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from speedup import OPTIMIZERS, SURFACES, Lane
from speedup.scenes.surfaces_scene import default_scene, scene_fields
from speedup.web import preparing
from speedup.words import i18n

INDEX = Path(__file__).resolve().parent.parent / "pages" / "index.py"


def page(at="surfaces.py", **query):
    """The app after its first run, on the page of a file."""
    app = AppTest.from_file(INDEX, default_timeout=60).switch_page(at)
    for field, value in query.items():
        app.query_params[field] = value
    app.run()
    assert not app.exception
    return app


def shown(app):
    return " ".join(markdown.value for markdown in app.markdown)


@pytest.mark.parametrize("lang", i18n.LANGUAGES)
def test_every_surface_in_every_language(lang):
    app = page(lang=lang)
    assert app.selectbox(key="surface").label == i18n.text(lang, "page.surface")
    for name in SURFACES:
        app.selectbox(key="surface").set_value(name).run()
        assert not app.exception and not app.warning
        assert app.session_state.session.scene.race.surface == name
        assert i18n.words(lang)["surfaces"][name]["teaches"] in [caption.value for caption in app.caption]
        assert i18n.text(lang, "page.distance") in shown(app)


def test_the_page_opens_on_the_default_scene_and_an_empty_link():
    app = page()
    assert app.session_state.session.scene == default_scene()
    assert "surface" not in app.query_params


def test_what_needs_a_kernel_that_is_still_missing_says_so(monkeypatch):
    monkeypatch.setattr(preparing, "seconds_without", lambda entry: 7)
    app, heading = page(), i18n.text("en", "page.distance")
    assert i18n.text("en", "page.preparing", seconds=7) in [caption.value for caption in app.caption]
    assert heading not in shown(app)
    monkeypatch.undo()
    assert heading in shown(app.run())


def test_a_link_gives_the_scene_back():
    app = page(
        surface="booth",
        start="1,2",
        steps="77",
        noise="0.5",
        seed="9",
        lane=["adam,lr:0.25", "lion,lr:0.1"],
        view="3d",
        off="2",
        chosen="2",
    )
    scene = app.session_state.session.scene
    assert (scene.race.surface, scene.race.start, scene.race.steps) == ("booth", (1.0, 2.0), 77)
    assert scene.view == "3d" and scene.off == {1}
    assert app.number_input(key="steps").value == 77 and app.selectbox(key="surface").value == "booth"
    assert app.subheader[0].value == "Lion" and "Chen et al. 2023" in " ".join(c.value for c in app.caption)
    assert "def lion" in app.code[0].value


def test_widgets_write_the_link():
    app = page()
    app.number_input(key="steps").set_value(50).run()
    app.selectbox(key="surface").set_value("long_valley").run()
    query = app.query_params
    assert query["steps"] == "50" and query["surface"].startswith("long_valley,condition:")
    assert len(query["lane"]) == 5
    expected = dict(scene_fields(app.session_state.session.scene))
    assert query["start"] == expected["start"]


def test_the_projector_stays_in_the_link_and_is_none_of_the_scene():
    app = page(projector="1")
    assert app.session_state.session.scene == default_scene() and not app.warning
    app.number_input(key="steps").set_value(50).run()
    assert (app.query_params["steps"], app.query_params["projector"]) == ("50", "1")


@pytest.mark.parametrize("lang", i18n.LANGUAGES)
def test_rubbish_in_the_link_is_named_and_the_rest_kept(lang):
    app = page(lang=lang, surface="booth", steps="-3", lane=["adam,lr:nan", "sgd,lr:0.01"], zzz="1")
    assert len(app.warning) == 1
    said = app.warning[0].value.splitlines()
    for field, value in (("steps", "-3"), ("lane adam lr", "nan"), ("zzz", "1")):
        named = i18n.text(lang, "page.problem", field=field, value=value, allowed="|").split("|")[0]
        assert sum(named in line for line in said) == 1
    assert len(said) == 3
    race = app.session_state.session.scene.race
    assert race.surface == "booth" and race.steps == 300 and race.lanes == (Lane("adam"), Lane("sgd", lr=0.01))


@pytest.mark.parametrize("lang", i18n.LANGUAGES)
def test_of_many_problems_the_first_are_said_and_how_many_more(lang):
    app = page(lang=lang, surface="booth", lane=["adamm"] * 12, zzz="1")
    said = app.warning[0].value.splitlines()
    assert len(said) == 7 and said[-1] == "- " + i18n.text(lang, "page.more_problems", n=7)


def test_another_language_keeps_the_scene():
    app = page(lang="en", surface="booth", steps="77")
    app.segmented_control(key="language").set_value("zh").run()
    assert not app.exception
    assert app.session_state.session.scene.race.steps == 77
    assert app.query_params["lang"] == "zh"
    assert app.selectbox(key="surface").label == i18n.text("zh", "page.surface")


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_every_optimizer_is_explained(optimizer):
    app = page(lane=[f"{optimizer},lr:0.01"])
    row = OPTIMIZERS[optimizer]
    assert app.latex and row.label in app.subheader[0].value
    assert f"def {optimizer}(" in app.code[0].value
