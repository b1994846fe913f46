"""The lesson page as Streamlit runs it, without a browser: every scene in both languages, its link, the way back to it."""

from functools import partial

import pytest

from speedup import OPTIMIZERS
from speedup.scenes import lesson_scene
from speedup.scenes.lesson import TELLINGS
from speedup.scenes.lesson_scene import LessonScene, told
from speedup.words import i18n
from tests import test_pages

NAMES = list(TELLINGS)


page = partial(test_pages.page, "lesson.py")


def query_of(scene):
    """{field: text or texts}."""
    fields = lesson_scene.scene_fields(scene)
    values = {field: [text for other, text in fields if other == field] for field, _ in fields}
    return {field: texts if len(texts) > 1 else texts[0] for field, texts in values.items()}


@pytest.mark.parametrize("lang", i18n.LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_every_scene_in_every_language(name, lang):
    app = page(lang=lang, scene=name)
    assert app.session_state.session.scene == told(name) and not app.warning
    assert app.subheader[0].value == OPTIMIZERS[told(name).lanes[told(name).chosen].optimizer].label


@pytest.mark.parametrize("name", NAMES)
def test_a_changed_scene_is_in_the_link(name):
    changed = LessonScene(name, TELLINGS[name].tried)
    app = page(**query_of(changed))
    assert app.session_state.session.scene == changed and not app.warning


@pytest.mark.parametrize("lang", i18n.LANGUAGES)
def test_what_is_wrong_in_the_link_is_said(lang):
    app = page(lang=lang, scene="nowhere")
    assert app.session_state.session.scene == told(NAMES[0]) and "nowhere" in app.warning[0].value
    app = page(lang=lang, scene=NAMES[1], steps="-1", zzz="1")
    said = " ".join(warning.value for warning in app.warning)
    assert "steps" in said and "zzz" in said and app.session_state.session.scene.at == NAMES[1]


def test_the_lesson_is_come_back_to_where_it_was_left():
    app = page(scene=NAMES[3])
    for other in ("surfaces.py", "network.py"):
        app.query_params.clear()  # as the navigation does
        app.switch_page(other).run()
        assert not app.exception
    app.query_params.clear()
    app.switch_page("lesson.py").run()
    assert app.session_state.session.scene == told(NAMES[3]) and app.query_params["scene"] == NAMES[3]
