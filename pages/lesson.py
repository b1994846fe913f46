"""The chapter, told in scenes: the stage tells and shows them, this page keeps the address."""

import streamlit as st

from speedup.scenes import lesson_scene
from speedup.web import address_sync
from speedup.web.explained import explained
from speedup.web.session import scene
from speedup.web.stage import committed, stage
from speedup.words import results

state = st.session_state
lang = state.lang

address_sync.follow(lesson_scene)
commit = committed(lesson_scene.NAME)
if commit:
    address_sync.adopt(lesson_scene, commit)
address_sync.warn(lang)
address_sync.write(lesson_scene, lang)  # before the stage, which takes its answer as the sign that the link is saved
stage(lesson_scene.NAME, lesson_scene.scene_json(scene()), lang)
explained(results.chosen_row(scene()), lang)
