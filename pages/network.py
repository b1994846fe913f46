"""The same optimizers train a small network: the address gives the scene, widgets and the stage change it."""

from dataclasses import replace

import streamlit as st

from speedup import DATASETS
from speedup.lane import MOST_SEED
from speedup.network.shape import ACTIVATIONS, INITS
from speedup.network.training import LEAST_SAMPLES, MOST_SAMPLES, MOST_STEPS, MOST_TEST
from speedup.scenes import network_scene
from speedup.scenes.query import parse_hidden
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


def new_scene():
    if state.named in network_scene.SCENES:
        leave(scene=network_scene.SCENES[state.named])


@address_sync.refusing
def set_run(name):
    """Takes over a widget's value."""
    run, value = scene().run, state[f"run.{name}"]
    values = {name: parse_hidden(value) if name == "hidden" else value}
    if name == "dataset":  # a noise of the same size would drown some and spare others
        values["noise"] = min(run.noise, DATASETS[value].most_noise)
    if name == "steps":
        values["changes"] = tuple(change for change in run.changes if change.step < value)
    leave(scene=replace(scene(), run=replace(run, **values)))


def field(name, *arguments, **options):
    """A widget of the field `name` of the training."""
    value = getattr(scene().run, name)
    value = ", ".join(map(str, value)) if name == "hidden" else value
    widget(f"run.{name}", say(f"network.{name}"), *arguments, value=value, on_change=set_run, args=(name,), **options)


def sidebar():
    run, words = scene().run, i18n.words(lang)
    named = network_scene.named(scene())
    with st.sidebar:
        address_sync.back_to_lesson(lang)
        widget(
            "named",
            say("network.scene"),
            network_scene.SCENES,
            value=named,
            on_change=new_scene,
            format_func=lambda name: words["scenes"][name]["label"],
            placeholder=say("network.own"),
        )
        st.caption(words["scenes"][named]["teaches"] if named else words["datasets"][run.dataset]["teaches"])
        field("dataset", DATASETS, format_func=lambda name: words["datasets"][name]["label"])
        left, right = st.columns(2)
        with left:
            field("samples", LEAST_SAMPLES, MOST_SAMPLES, step=100)
            field("test", 0.0, MOST_TEST, step=0.1, help=say("network.test_help"))
            field("hidden", help=say("network.hidden_help"))
            field("batch", 1, MOST_SAMPLES, step=8, help=say("network.batch_help"))
            field("steps", 1, MOST_STEPS, step=100)
        with right:
            field("noise", 0.0, DATASETS[run.dataset].most_noise, step=0.05)
            field("seed", 0, MOST_SEED, help=say("network.seed_help"))
            field("activation", ACTIVATIONS, format_func=lambda name: say(f"network.activations.{name}"))
            field("init", INITS, format_func=lambda name: say(f"network.inits.{name}"))


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
