"""The race over a loss surface: the address gives the scene, widgets and the stage change it, the words follow."""

from dataclasses import replace

import streamlit as st

from speedup import SURFACES, simulate
from speedup.lane import MOST_SEED
from speedup.race.race import MOST_NOISE, MOST_STEPS
from speedup.scenes import surfaces_scene
from speedup.schema import validation
from speedup.web import address_sync, widgets
from speedup.web.explained import explained
from speedup.web.session import leave, scene
from speedup.web.stage import committed, stage
from speedup.web.widgets import widget
from speedup.words import i18n, results

state = st.session_state
lang = state.lang


def say(key, **values):
    return i18n.text(lang, key, **values)


@address_sync.refusing
def new_surface():
    leave(scene=surfaces_scene.on_surface(scene(), state.surface))


@address_sync.refusing
def set_race(name):
    leave(scene=replace(scene(), race=replace(scene().race, **{name: state[name]})))


@address_sync.refusing
def set_view():
    leave(scene=replace(scene(), view=validation.choice("view", state.view, surfaces_scene.VIEWS)))


def sidebar():
    race, labels = scene().race, i18n.words(lang)["surfaces"]
    with st.sidebar:
        address_sync.back_to_lesson(lang)
        widget(
            "surface",
            say("page.surface"),
            SURFACES,
            value=race.surface,
            on_change=new_surface,
            format_func=lambda name: labels[name]["label"],
        )
        st.caption(labels[race.surface]["teaches"])
        number("steps", 1, MOST_STEPS, step=50, help=say("page.steps_help", most=MOST_STEPS))
        number("noise", 0.0, MOST_NOISE, step=0.5, help=say("page.noise_help", most=f"{MOST_NOISE:g}"))
        number("seed", 0, MOST_SEED, help=say("page.seed_help", most=MOST_SEED))
        widget(
            "view",
            say("page.view"),
            surfaces_scene.VIEWS,
            value=scene().view,
            on_change=set_view,
            required=True,
            format_func=str.upper,
        )


def number(name, low, high, **options):
    value = getattr(scene().race, name)
    widget(name, say(f"page.{name}"), low, high, value=value, on_change=set_race, args=(name,), **options)


address_sync.follow(surfaces_scene)
commit = committed(surfaces_scene.NAME)
if commit:
    address_sync.adopt(surfaces_scene, commit)
sidebar()
widgets.end()
address_sync.warn(lang)
address_sync.write(surfaces_scene, lang)  # before the stage, which takes its answer as the sign that the link is saved
stage(surfaces_scene.NAME, surfaces_scene.scene_json(scene()), lang)
st.markdown(results.table(simulate(scene().race), lang))
explained(results.chosen_row(scene()), lang)
