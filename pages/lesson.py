"""The chapter, told in scenes: the stage tells and shows them, this page keeps the address."""

import streamlit as st

from speedup import lesson_scene, results
from speedup.web import link
from speedup.web.explained import explained
from speedup.web.stage import committed, stage

state = st.session_state
lang = state.lang

link.follow(lesson_scene)
sent = committed(lesson_scene.NAME)
if sent:
    link.adopt(lesson_scene, *sent)
link.warn(lang)
link.write(lesson_scene, lang)  # before the stage, which takes its answer as the sign that the link is saved
stage(lesson_scene.NAME, lesson_scene.scene_json(state.scene), lang)
explained(results.chosen_row(state.scene), lang)
