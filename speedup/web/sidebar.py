"""The settings of a page as Streamlit's widgets."""

from typing import Any

import streamlit as st

from speedup.web import address_sync
from speedup.web.session import leave, scene, session
from speedup.web.widgets import key_of, widget
from speedup.words import i18n, settings
from speedup.words.settings import Setting


def setting(kind: Any, row: Setting, lang: str, quiet: bool = False) -> None:
    """Shows a row of SETTINGS of the session's scene; below it, unless it is to be `quiet`, what there is to be seen."""
    key, one = key_of(kind.NAME, row.field), settings.shown(kind, row, scene(), lang)
    arguments, options = [], {"help": one["help"] or None}
    if row.form == "number":
        arguments = [one["low"], one["high"]]
        options |= {"step": one["step"]}
    elif one["names"]:
        arguments = [one["names"]]
        options |= {"format_func": one["names"].get}
        options |= {"required": True} if row.form == "switch" else {"placeholder": i18n.text(lang, "network.own")}
    widget(key, one["label"], *arguments, value=one["value"], on_change=_change, args=(kind, key, row.field), **options)
    teaches = settings.taught(row, scene(), lang)  # in a session's first run the widget may have changed the scene
    if teaches and not quiet:
        st.caption(teaches)


@address_sync.refusing
def _change(kind, key, field):
    """Takes over a widget's value; None: nothing is chosen any more."""
    value = st.session_state[key]
    if value is not None:
        own = {**session().lines, kind.NAME: ()}  # a commit that the same run takes was made from another scene
        leave(scene=kind.changed(scene(), field, value), lines=own)
