"""The same optimizers train a small network: the address gives the scene, widgets and the stage change it."""

import streamlit as st

from speedup.scenes import network_scene
from speedup.web import address_sync, widgets
from speedup.web.explained import explained
from speedup.web.session import scene
from speedup.web.sidebar import setting
from speedup.web.stage import committed, stage
from speedup.words import results
from speedup.words.settings import SETTINGS

WIDE, LEFT = 2, 5  # settings: the first ones have all of the width, the next ones stand on the left

state = st.session_state
lang = state.lang


def sidebar():
    rows = SETTINGS[network_scene.NAME]
    with st.sidebar:
        address_sync.back_to_lesson(lang)
        setting(network_scene, rows[0], lang)
        setting(network_scene, rows[1], lang, quiet=network_scene.named(scene()) is not None)  # there is room for one sentence
        for column, some in zip(st.columns(2), (rows[WIDE : WIDE + LEFT], rows[WIDE + LEFT :])):
            with column:
                for row in some:
                    setting(network_scene, row, lang)


address_sync.follow(network_scene)
commit = committed(network_scene.NAME)
if commit:
    address_sync.adopt(network_scene, commit)
sidebar()
widgets.end()
address_sync.warn(lang)
address_sync.write(network_scene, lang)  # before the stage, which takes its answer as the sign that the link is saved
stage(network_scene.NAME, network_scene.scene_json(scene()), lang)
explained(results.chosen_row(scene()), lang)
