"""The stage as a Streamlit component: it is handed a scene and hands back the scenes that it commits.

A page calls `committed(kind)` before its widgets, so that it can still set them, and `stage(kind, scene, lang)` after
them; `kind` is "surfaces" or "network", and there is one stage of each.
The stage's module, `static/stage/stage.js`, commits by `component.setStateValue("commit", {id, after, scene})`: `id` is
new for every commit, `after` the `serial` of the data that the scene was made from. What was committed while the server
was gone is committed again once it is back.
"""

import hashlib
import json
from typing import Any

import streamlit as st

from speedup.web.assets import base_url

# Streamlit takes a string without a newline in it for a file's path. It runs this as a module of a blob: URL, which
# can't import relatively, hence the address of the page.
# Calls wait here while mount.js loads, and may leave late: `call` numbers them, `() => calls` is the latest.
MODULE = """let calls = 0;
export default async (component) => {
  const call = ++calls;
  return (await import(new URL(component.data.base + "host/mount.js", location.href))).default(component, call, () => calls);
};"""

LONGEST_LINE = 50  # serials kept

_mount = st.components.v2.component("speedup.stage", js=MODULE, isolate_styles=False)  # Plotly styles the head


def stage(kind: str, scene: dict, lang: str) -> None:
    """Shows `scene`, plain JSON without NaN. The stage of a kind stays mounted, and gets every scene.

    A server that restarted learns of a commit only here: it starts the page again, for `committed` to return it. Not
    if the scene has changed since by another way, a widget or the address.
    """
    key, text = kind, json.dumps(scene, sort_keys=True, allow_nan=False)
    serial = hashlib.sha256(text.encode()).hexdigest()[:12]
    data: dict[str, Any] = {"kind": kind, "scene": scene, "lang": lang, "base": base_url(), "serial": serial}
    data["id"] = st.session_state.get(f"{key}.id")  # of the last commit seen
    _descend(key, data["serial"])
    state = _mount(key=key, data=data, height="content", on_commit_change=lambda: None)
    fresh = f"{key}.id" not in st.session_state
    st.session_state.setdefault(f"{key}.id", None)
    commit = _valid(state.get("commit"))
    if fresh and commit and commit["after"] == data["serial"]:
        st.session_state[f"{key}.waiting"] = commit
        st.rerun()
    if fresh and commit:
        st.session_state[f"{key}.id"] = commit["id"]


def committed(key: str) -> tuple[dict, bool] | None:
    """Returns what the stage has committed since the last run of the page, or None: (scene, whether it is made from the scene
    that the page has now). To be checked: a browser sent it.
    """
    state = st.session_state.get(key) or {}
    commit = st.session_state.pop(f"{key}.waiting", None) or _valid(state.get("commit"))
    if commit is None or commit["id"] == st.session_state.get(f"{key}.id"):
        return None
    st.session_state[f"{key}.id"] = commit["id"]
    st.session_state[f"{key}.own"] = True
    return commit["scene"], commit["after"] in st.session_state.get(f"{key}.line", (commit["after"],))


def _descend(key, serial):
    """Keeps `line`, the serials of the scenes that only the stage's own commits lie between, the last one at its end.

    On a slow line the stage commits again before it has heard of its last commit: that is no change by somebody else.
    """
    own, line = st.session_state.pop(f"{key}.own", False), st.session_state.get(f"{key}.line", ())
    if not line or serial != line[-1]:
        st.session_state[f"{key}.line"] = ((*line, serial) if own else (serial,))[-LONGEST_LINE:]


def _valid(commit):
    """The commit if it has the form of one, else None."""
    whole = isinstance(commit, dict) and isinstance(commit.get("scene"), dict)
    return commit if whole and isinstance(commit.get("id"), str) and isinstance(commit.get("after"), str) else None
