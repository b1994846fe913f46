"""A page's address and its scene: whichever changed last leads, and the other follows.

`kind` is the module that reads and writes the scenes of a page, one of `speedup.scenes`: `surfaces_scene`, `network_scene`, …
"""

import functools
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import streamlit as st

from speedup.schema.validation import SpecError
from speedup.web.session import leave, session
from speedup.web.stage import Commit
from speedup.web.widgets import goes_through_history, widget
from speedup.words import i18n

OF_THE_PAGE = ("lang", "projector")  # fields of the address that are none of a scene's; static/projector.js sets the last
MOST_SEEN = 50  # addresses


def pairs(kind: Any) -> list[tuple[str, str]]:
    """Returns [(field, text), ...] of the address, without what belongs to the page.

    Streamlit may leave the lesson's query behind another page's address, where Back leads to: `scene` is of the lesson only.
    """
    query, other = st.query_params, () if kind.NAME == "lesson" else ("scene",)
    return [(field, text) for field in query if field not in (*OF_THE_PAGE, *other) for text in query.get_all(field)]


def follow(kind: Any) -> None:
    """Sets the session's scene from the address when that has changed: a first visit, a link, Back.

    The navigation between pages empties the address: then the scene that the page had last is there again. Of two quick
    changes the browser sends the second with the address from before the first: that is late, not new, unless Back leads there.
    """
    now, was = tuple(sorted(pairs(kind))), session()
    fresh = was.page != kind.NAME
    if fresh:
        kept = {**was.kept, was.page: was.scene} if was.page else was.kept
        was = replace(was, page=kind.NAME, scene=None, kept=kept, written=(), seen=(), problems=(), behind=bool(was.page))
        if not now and kind.NAME in kept:
            leave(**vars(replace(was, scene=kept[kind.NAME])))
            st.rerun()  # in this run the browser would write the query behind the address of the page before
    late = now in was.seen and not goes_through_history()
    if was.scene is not None and (now == was.written or late):
        leave(problems=(), behind=was.behind or now != was.written)
        return
    scene, problems = kind.read_scene(pairs(kind))
    leave(**vars(replace(was, scene=scene, problems=problems)) | _remembered(was, now))


def adopt(kind: Any, commit: Commit) -> None:
    """Sets the session's scene to what the stage has sent; what isn't valid is left alone and said.

    Where a widget has changed the scene meanwhile (not `current`), only the lanes are taken.
    """
    had = session()
    taken: dict[str, Any] = {"commits": {**had.commits, kind.NAME: commit.id}, "own": commit.current}
    try:
        scene = kind.scene_from_json(commit.scene)
        leave(**taken, scene=scene if commit.current else kind.merge(had.scene, scene))
    except SpecError as problem:
        leave(**taken, problems=[problem])


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

    It is written in any case where the browser may have another one: whoever comes from another page, for what that one
    wrote last may be under way still, and would stay behind this one's address.
    """
    had = session()
    fields = kind.scene_fields(had.scene)
    if not had.written and fields == kind.scene_fields(kind.default_scene()):
        fields = []
    new = tuple(sorted(fields))
    if new == had.written and not had.behind:
        return
    query: dict[str, Any] = {}
    for field, text in fields:
        query.setdefault(field, []).append(text)
    query |= {field: st.query_params[field] for field in OF_THE_PAGE if field in st.query_params} | {"lang": lang}
    leave(**_remembered(had, new), behind=True)
    st.query_params.from_dict(query)  # the run may be stopped here
    leave(behind=False)


def _remembered(had, now):
    """What the address is, and the last ones that it was."""
    return {"written": now, "seen": (*had.seen, now)[-MOST_SEEN:]}


def back_to_lesson(lang: str) -> None:
    """Shows the way back, once the lesson has been left; `follow` brings its scene there again."""
    if "lesson" in session().kept:
        st.page_link("lesson.py", label=f"← {i18n.text(lang, 'lesson.back')}")


def warn(lang: str) -> None:
    """Shows what is wrong, in one box with all of its lines; of many problems the first, and how many more there are."""
    problems, refused = session().problems, st.session_state.pop("refused", None)
    lines = i18n.explain_first(problems, lang)
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
