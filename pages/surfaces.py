"""The race over a loss surface: the address gives the scene, widgets and the stage change it, the words follow."""

from dataclasses import replace

import streamlit as st

from speedup import SURFACES, i18n, results, scene, simulate
from speedup.race import MOST_NOISE, MOST_SEED, MOST_STEPS
from speedup.web import link
from speedup.web.explained import explained
from speedup.web.stage import committed, stage

state = st.session_state
lang = state.lang


def say(key, **values):
    return i18n.text(lang, key, **values)


def new_surface():
    state.scene = scene.on_surface(state.scene, state.surface)


def set_race(name):
    state.scene = replace(state.scene, race=replace(state.scene.race, **{name: state[name]}))


def set_view():
    state.scene = replace(state.scene, view=state.view)


def sidebar():
    race = state.scene.race
    for name in ("surface", "steps", "noise", "seed"):
        state[name] = getattr(race, name)
    state.view = state.scene.view
    with st.sidebar:
        link.back_to_lesson(lang)
        labels = i18n.words(lang)["surfaces"]
        st.selectbox(say("page.surface"), SURFACES, key="surface", on_change=new_surface,
                     format_func=lambda name: labels[name]["label"])
        st.caption(labels[race.surface]["teaches"])
        st.number_input(say("page.steps"), 1, MOST_STEPS, key="steps", step=50, on_change=set_race, args=("steps",),
                        help=say("page.steps_help", most=MOST_STEPS))
        st.number_input(say("page.noise"), 0.0, MOST_NOISE, key="noise", step=0.5, on_change=set_race,
                        args=("noise",), help=say("page.noise_help", most=f"{MOST_NOISE:g}"))
        st.number_input(say("page.seed"), 0, MOST_SEED, key="seed", on_change=set_race, args=("seed",),
                        help=say("page.seed_help", most=MOST_SEED))
        st.segmented_control(say("page.view"), scene.VIEWS, key="view", on_change=set_view, required=True,
                             format_func=str.upper)


link.follow(scene)
sent = committed(scene.NAME)
if sent:
    link.adopt(scene, *sent)
sidebar()
link.warn(state.problems, lang)
link.write(scene, lang)  # before the stage, which takes its answer as the sign that the link is saved
stage(scene.NAME, scene.scene_json(state.scene), lang)
st.markdown(results.table(simulate(state.scene.race), lang))
explained(results.chosen_row(state.scene), lang)
