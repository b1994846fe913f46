"""A page's address and its scene: whichever changed last leads, and the other follows.

`kind` is the module that reads and writes the scenes of a page, one of `speedup.scenes`: `surfaces_scene`, `network_scene`, …
"""

import functools
from collections.abc import Callable
from typing import Any

import streamlit as st

from speedup.schema.validation import SpecError
from speedup.web.widgets import goes_through_history, widget
from speedup.words import i18n

MOST_SAID = 6  # problems of a link: more would push the stage off the screen
OF_THE_PAGE = ("lang", "projector")  # fields of the address that are none of a scene's; static/projector.js sets the last
MOST_SEEN = 50  # addresses


def pairs(kind: Any) -> list[tuple[str, str]]:
    """Returns [(field, text), ...] of the address, without what belongs to the page.

    Streamlit may leave the lesson's query behind another page's address, where Back leads to: `scene` is of the lesson only.
    """
    query, other = st.query_params, () if kind.NAME == "lesson" else ("scene",)
    return [(field, text) for field in query if field not in (*OF_THE_PAGE, *other) for text in query.get_all(field)]


def follow(kind: Any) -> None:
    """Sets `state.scene` from the address when that has changed: a first visit, a link, Back.

    The navigation between pages empties the address: then the scene that the page had last is there again. Of two quick
    changes the browser sends the second with the address from before the first: that is late, not new, unless Back leads there.
    """
    state, now = st.session_state, sorted(pairs(kind))
    if state.get("page") != kind.NAME:
        kept = state.setdefault("kept", {})
        if "page" in state:
            kept[state.page] = state.scene
        state.come = "page" in state  # from another page
        state.page, state.written, state.problems, state.seen = kind.NAME, [], [], []
        state.pop("scene", None)
        if not now and kind.NAME in kept:
            state.scene = kept[kind.NAME]
            st.rerun()  # in this run the browser would write the query behind the address of the page before
    late = now in state.seen and not goes_through_history()
    if "scene" in state and (now == state.written or late):
        state.problems = []
        return
    state.scene, state.problems = kind.read_scene(pairs(kind))
    _remember(now)


def adopt(kind: Any, sent: dict[str, Any], current: bool) -> None:
    """Sets `state.scene` to what the stage has sent; what isn't valid is left alone and said.

    Where a widget has changed the scene meanwhile (not `current`), only the lanes are taken.
    """
    state = st.session_state
    try:
        scene = kind.scene_from_json(sent)
        state.scene = scene if current else kind.merge(state.scene, scene)
    except SpecError as problem:
        state.problems = [problem]


def refusing(change: Callable) -> Callable:
    """Wraps what a widget calls: what its value makes impossible is said, and the scene stays."""

    @functools.wraps(change)
    def wrapped(*args):
        try:
            change(*args)
        except SpecError as problem:
            st.session_state.refused = problem

    return wrapped


def write(kind: Any, lang: str) -> None:
    """Puts the scene into the address. The default scene of a first visit leaves it empty.

    Whoever comes from another page has it written in any case: what that one wrote last may be under way still, and would
    stay behind this one's address.
    """
    state = st.session_state
    fields, come = kind.scene_fields(state.scene), state.pop("come", False)
    if not state.written and fields == kind.scene_fields(kind.default_scene()):
        fields = []
    if sorted(fields) == state.written and not come:
        return
    query: dict[str, Any] = {}
    for field, text in fields:
        query.setdefault(field, []).append(text)
    query |= {field: st.query_params[field] for field in OF_THE_PAGE if field in st.query_params} | {"lang": lang}
    st.query_params.from_dict(query)
    _remember(sorted(fields))


def _remember(address):
    """Keeps what the address is, and the last ones that it was."""
    state = st.session_state
    state.written, state.seen = address, [*state.seen, address][-MOST_SEEN:]


def back_to_lesson(lang: str) -> None:
    """Shows the way back, once the lesson has been left; `follow` brings its scene there again."""
    if "lesson" in st.session_state.kept:
        st.page_link("lesson.py", label=f"← {i18n.text(lang, 'lesson.back')}")


def warn(lang: str) -> None:
    """Shows what is wrong, in one box with all of its lines; of many problems the first, and how many more there are."""
    problems, refused = st.session_state.problems, st.session_state.pop("refused", None)
    lines = [i18n.explain(problem, lang) for problem in problems[:MOST_SAID]]
    if len(problems) > MOST_SAID:
        lines.append(i18n.text(lang, "page.more_problems", n=len(problems) - MOST_SAID))
    if refused:
        lines.append(i18n.explain(refused, lang, "refused"))
    if not lines:
        return
    with st.container(key="problems"):
        st.warning(lines[0] if len(lines) == 1 else "\n".join(f"- {line}" for line in lines))


def language_switch(lang: str) -> None:
    """Shows the languages, each by its own name. A choice goes into the address, which the page reads first of all."""

    def choose():
        st.query_params["lang"] = st.session_state.language

    names = {one: i18n.text(one, "page.language_name") for one in i18n.LANGUAGES}
    widget(
        "language",
        i18n.text(lang, "page.language"),
        names,
        value=lang,
        on_change=choose,
        format_func=names.get,
        required=True,
        label_visibility="collapsed",
    )
