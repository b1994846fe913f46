"""The page's address and its scene: whichever changed last leads, and the other follows."""

from dataclasses import replace

import streamlit as st

from speedup import i18n
from speedup.bounds import SpecError
from speedup.scene import read_scene, scene_fields, scene_from_json


def pairs():
    """[(field, text), ...] of the address, without the language."""
    query = st.query_params
    return [(field, text) for field in query if field != "lang" for text in query.get_all(field)]


def follow(lang):
    """Sets `state.scene` from the address when that has changed: a first visit, a link, Back."""
    now = sorted(pairs())
    if "scene" in st.session_state and now == st.session_state.written:
        st.session_state.problems = []
        return
    st.session_state.scene, st.session_state.problems = read_scene(pairs())
    st.session_state.written = now


def adopt(sent, current):
    """Sets `state.scene` to what the stage has sent; what isn't valid is left alone and said.

    Where a widget has changed the scene meanwhile (not `current`), only the lanes are taken.
    """
    state = st.session_state
    try:
        scene = scene_from_json(sent)
    except SpecError as problem:
        state.problems = [problem]
        return
    if not current:
        scene = replace(scene, view=state.scene.view, race=replace(state.scene.race, lanes=scene.race.lanes))
    state.scene = scene


def write(lang):
    """Puts the scene into the address. The default scene of a first visit leaves it empty."""
    state = st.session_state
    fields = scene_fields(state.scene)
    if sorted(fields) == state.written or (not state.written and fields == scene_fields(read_scene([])[0])):
        return
    query = {}
    for field, text in [*fields, ("lang", lang)]:
        query.setdefault(field, []).append(text)
    st.query_params.from_dict(query)
    state.written = sorted(fields)


def explain(problem, lang):
    """A SpecError as a sentence of the language."""
    return i18n.text(lang, "page.problem", field=problem.field, value=problem.value, allowed=problem.allowed)


def warn(problems, lang):
    """All that is wrong in one box that stays small, so that it doesn't push the stage off the screen."""
    if not problems:
        return
    lines = [explain(problem, lang) for problem in problems]
    with st.container(key="problems"):
        st.warning(lines[0] if len(lines) == 1 else "\n".join(f"- {line}" for line in lines))


def language_switch(lang):
    """The languages, each by its own name. A choice goes into the address, which the page reads first of all."""
    def choose():
        st.query_params["lang"] = st.session_state.language

    names = {one: i18n.text(one, "page.language_name") for one in i18n.LANGUAGES}
    st.session_state.language = lang  # Back may have changed it
    st.segmented_control(i18n.text(lang, "page.language"), names, format_func=names.get, required=True,
                         key="language", on_change=choose)
