"""The network page as Streamlit runs it, without a browser: both languages, the scenes, the link, what is wrong named."""

from functools import partial

import pytest

from speedup import DATASETS, OPTIMIZERS, Lane
from speedup.scenes.network_scene import SCENES, default_scene, named
from speedup.words import i18n
from tests import test_pages

page = partial(test_pages.page, "network.py")


@pytest.mark.parametrize("lang", i18n.LANGUAGES)
def test_every_scene_and_dataset_in_every_language(lang):
    app, words = page(lang=lang), i18n.words(lang)
    for name, scene in SCENES.items():
        app.selectbox(key="run.scene").set_value(name).run()
        assert not app.exception and not app.warning
        assert app.session_state.session.scene == scene
        assert words["scenes"][name]["teaches"] in [caption.value for caption in app.caption]
    for name in DATASETS:
        app.selectbox(key="run.dataset").set_value(name).run()
        assert not app.exception and not app.warning and app.session_state.session.scene.run.dataset == name
    assert app.selectbox(key="run.dataset").label == i18n.text(lang, "network.dataset")


def test_it_opens_on_the_tutorial_s_experiment_and_an_empty_link():
    app = page()
    assert app.session_state.session.scene == default_scene() and "dataset" not in app.query_params
    assert app.selectbox(key="run.scene").value == "tutorial"


def test_widgets_write_the_link():
    app = page()
    app.number_input(key="run.steps").set_value(50).run()
    app.text_input(key="run.hidden").set_value("8, 4").run()
    app.selectbox(key="run.activation").set_value("tanh").run()
    query = app.query_params
    assert (query["steps"], query["hidden"], query["activation"]) == ("50", "8,4", "tanh")
    assert len(query["lane"]) == 5 and named(app.session_state.session.scene) is None
    app.text_input(key="run.hidden").set_value("").run()
    assert app.session_state.session.scene.run.hidden == () and app.query_params["hidden"] == "none"


@pytest.mark.parametrize("typed", ["99", "8,8,8,8", "abc", "-1", "9" * 999])
def test_what_is_typed_wrong_is_said_and_the_scene_stays(typed):
    app = page()
    app.text_input(key="run.hidden").set_value(typed).run()
    assert not app.exception and "hidden" in app.warning[0].value
    assert app.session_state.session.scene == default_scene() and app.text_input(key="run.hidden").value == "20"
    app.number_input(key="run.seed").set_value(3).run()
    assert not app.warning


def test_a_link_gives_the_scene_back():
    app = page(
        dataset="spiral",
        samples="300",
        noise="0.2",
        hidden="8,8",
        activation="tanh",
        batch="10",
        steps="900",
        seed="3",
        lane=["adam,lr:0.03", "sgd,lr:0.3,batch:300"],
        change="90,2,lr,0.1",
        curve="train",
        off="2",
        chosen="2",
    )
    scene = app.session_state.session.scene
    assert (scene.run.dataset, scene.run.hidden, scene.run.steps) == ("spiral", (8, 8), 900)
    assert scene.run.lanes[1].batch == 300 and scene.run.changes[0] == (90, 1, "lr", 0.1)
    assert scene.curve == "train" and scene.off == {1}
    assert app.number_input(key="run.steps").value == 900 and app.subheader[0].value == OPTIMIZERS["sgd"].label


@pytest.mark.parametrize("lang", i18n.LANGUAGES)
def test_rubbish_in_the_link_is_named_and_the_rest_kept(lang):
    app = page(lang=lang, dataset="xor", steps="-3", hidden="99", lane=["adam,lr:nan", "sgd,lr:0.01"], zzz="1")
    said = " ".join(warning.value for warning in app.warning)
    for part in ("steps", "-3", "hidden", "lane adam lr", "zzz"):
        assert part in said
    run = app.session_state.session.scene.run
    assert run.dataset == "xor" and run.steps == 384 and run.lanes == (Lane("adam"), Lane("sgd", lr=0.01))


def test_each_page_keeps_its_scene():
    app = page(dataset="xor", steps="77")
    app.switch_page("surfaces.py").run()
    assert not app.exception and app.session_state.session.scene.race.surface == "long_valley"
    app.selectbox(key="surface").set_value("beale").run()
    app.query_params.clear()  # as the navigation does
    app.switch_page("network.py").run()
    assert app.session_state.session.scene.run.dataset == "xor" and app.query_params["steps"] == "77"
    app.query_params.clear()
    app.switch_page("surfaces.py").run()
    assert app.session_state.session.scene.race.surface == "beale"
