"""The stage as a Streamlit component: it is handed a scene and hands back the scenes that it commits.

A page calls `committed(kind)` before its widgets, so that it can still set them, and `stage(kind, scene, lang)` after
them; `kind` is "surfaces" or "network", and there is one stage of each.
The stage's module, `static/stage/stage.js`, commits by `component.setStateValue("commit", {id, after, scene})`: `id` is
new for every commit, `after` the `serial` of the data that the scene was made from. What was committed while the server
was gone is committed again once it is back.
"""

import hashlib
import json
from typing import Any, NamedTuple

import streamlit as st

from speedup.web.assets import base_url
from speedup.web.session import leave, session

# Streamlit takes a string without a newline in it for a file's path. It runs this as a module of a blob: URL, which
# can't import relatively, hence the address of the page.
MODULE = """export default async (component) => {
  await import(new URL(component.data.base + "speedup.js", location.href));
  return speedup("host/mount.js").default(component);
};"""

LONGEST_LINE = 50  # serials kept

_mount = st.components.v2.component("speedup.stage", js=MODULE, isolate_styles=False)  # Plotly styles the head


class Commit(NamedTuple):
    """What a stage has committed: its id, the scene's plain JSON, and whether that is made from the scene that the page has."""

    id: str
    scene: dict
    current: bool


def stage(kind: str, scene: dict, lang: str) -> None:
    """Shows `scene`, plain JSON without NaN. The stage of a kind stays mounted, and gets every scene.

    A server that restarted learns of a commit only here: it starts the page again, for `committed` to return it. Not
    if the scene has changed since by another way, a widget or the address.
    """
    text, commits = json.dumps(scene, sort_keys=True, allow_nan=False), session().commits
    serial = hashlib.sha256(text.encode()).hexdigest()[:12]
    data: dict[str, Any] = {"kind": kind, "scene": scene, "lang": lang, "base": base_url(), "serial": serial}
    data |= {"id": commits.get(kind), "own": session().own}
    _descend(kind, serial)
    commit = _valid(_mount(key=kind, data=data, height="content", on_commit_change=lambda: None).get("commit"))
    if kind in commits:
        return
    if commit and commit["after"] == serial:
        st.session_state[f"{kind}.waiting"] = commit
        st.rerun()
    leave(commits={**commits, kind: commit and commit["id"]})


def committed(kind: str) -> Commit | None:
    """Returns what the stage has committed since the last run of the page, None if nothing. To be checked: a browser sent it."""
    had, state = session(), st.session_state
    waiting = None if kind in had.commits else state.get(f"{kind}.waiting")
    commit = waiting or _valid((state.get(kind) or {}).get("commit"))
    if commit is None or commit["id"] == had.commits.get(kind):
        return None
    return Commit(commit["id"], commit["scene"], commit["after"] in had.lines.get(kind, (commit["after"],)))


def _descend(kind, serial):
    """Keeps the line, the serials of the scenes that only the stage's own commits lie between, the last one at its end.

    On a slow line the stage commits again before it has heard of its last commit: that is no change by somebody else.
    """
    had = session()
    line = had.lines.get(kind, ())
    if line and serial == line[-1]:
        leave(own=False)
    else:
        leave(own=False, lines={**had.lines, kind: ((*line, serial) if had.own else (serial,))[-LONGEST_LINE:]})


def _valid(commit):
    """The commit if it has the form of one, else None."""
    whole = isinstance(commit, dict) and isinstance(commit.get("scene"), dict)
    return commit if whole and isinstance(commit.get("id"), str) and isinstance(commit.get("after"), str) else None
