"""The widgets of the pages. The scene sets them, and what a visitor changes in one changes the scene."""

from collections.abc import Callable
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from speedup.words.settings import SETTINGS

FORMS = {"number": "number_input", "choice": "selectbox", "text": "text_input", "switch": "segmented_control"}


def key_of(page: str, field: str) -> str:
    """Returns the key of a setting's widget: of the network's page "run.steps", of the surfaces' page "steps"."""
    return f"run.{field}" if page == "network" else field


KINDS = (  # the keys of all widgets, and how a browser sends their values
    {key_of(page, row.field): FORMS[row.form] for page, rows in SETTINGS.items() for row in rows}
    | {"language": "segmented_control"}
    | dict.fromkeys(SETTINGS, "stage")
)  # fmt: skip
SENT = {"number_input": ("int_value", "double_value"), "selectbox": ("string_value",), "text_input": ("string_value",),
        "segmented_control": ("string_array_value",), "stage": ("json_value",)}  # fmt: skip
FIRST = {"number_input": "value", "text_input": "value", "segmented_control": "default"}


def begin() -> None:
    """Notes whether this is the first run of a session; to be called first of all.

    Then a browser may have been here before the server was: it still has the values of its widgets, one of them just
    changed. Not so where Back has brought it: the address is what has changed.
    """
    state = st.session_state
    state.first = "first" not in state and not goes_through_history()
    state.changed = False


def goes_through_history() -> bool:
    """Tells whether Back, Forward or a link of the app has led the browser to this address."""
    context = get_script_run_ctx()
    return context is not None and context.is_history_navigation


def widget(key: str, label: str, *arguments: Any, value: Any, on_change: Callable, args: tuple = (), **options: Any) -> None:
    """Shows a widget with the scene's `value`. Once another one is chosen, `on_change(*args)` finds it under its key.

    In a session's first run Streamlit calls nothing, and a value set would hide the browser's: it is looked at here. So is a
    value that Streamlit has called for, once, in a run that was stopped: one that the browser has from nowhere else.
    """
    make, state, known = getattr(st, KINDS[key]), st.session_state, f"{key}.known"

    def change(*args):
        on_change(*args)
        state[known] = arguments, (state[key],)

    options |= {"key": key, "on_change": change, "args": args}
    if state.first:
        if make(label, *arguments, **options, **_first(key, arguments, value, options)) != value:
            on_change(*args)
            state.changed = True
        return
    made_with, values = state.get(known, (None, ()))  # those that were set here, or taken over
    if values and state.get(key, value) not in (value, *values):
        change(*args)
        state.changed = True
    elif key not in state or state[key] != value or made_with != arguments:  # with other arguments it is another one
        state[known] = arguments, (*values, value)
        state[key] = value  # takes back in the browser what is chosen meanwhile, so only where it has to be
    make(label, *arguments, **options)
    if not state.changed:
        state[known] = arguments, (value,)


def end() -> None:
    """Starts the page again if the browser has been found to have changed something; after the last widget."""
    if st.session_state.changed:
        st.rerun()


def _first(key, arguments, value, options):
    """The option by which a widget begins with a value."""
    if KINDS[key] != "selectbox":
        return {FIRST[KINDS[key]]: value}
    return {"index": None if value is None else list(arguments[0]).index(value)}
