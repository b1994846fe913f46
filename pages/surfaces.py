"""The race over a loss surface: the address gives the scene, widgets and the stage change it, the words follow."""

import streamlit as st

from speedup.scenes import surfaces_scene
from speedup.web import address_sync, widgets
from speedup.web.explained import ended, explained
from speedup.web.session import scene
from speedup.web.sidebar import setting
from speedup.web.stage import committed, stage
from speedup.words import results
from speedup.words.settings import SETTINGS

state = st.session_state
lang = state.lang


def sidebar():
    with st.sidebar:
        address_sync.back_to_lesson(lang)
        first, *rest = SETTINGS[surfaces_scene.NAME]
        setting(surfaces_scene, first, lang, quiet=surfaces_scene.named(scene()) is not None)  # there is room for one sentence
        for row in rest:
            setting(surfaces_scene, row, lang)


address_sync.follow(surfaces_scene)
commit = committed(surfaces_scene.NAME)
if commit:
    address_sync.adopt(surfaces_scene, commit)
sidebar()
widgets.end()
address_sync.warn(lang)
address_sync.write(surfaces_scene, lang)  # before the stage, which takes its answer as the sign that the link is saved
stage(surfaces_scene.NAME, surfaces_scene.scene_json(scene()), lang)
ended(scene().race, lang)
explained(results.chosen_row(scene()), lang)
