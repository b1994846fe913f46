"""The same optimizers train a small network: the address gives the scene, widgets and the stage change it."""

from dataclasses import replace

import streamlit as st

from speedup import DATASETS, SpecError, i18n, network_scene, results
from speedup.net import ACTIVATIONS, INITS
from speedup.race import MOST_SEED
from speedup.spec import parse_hidden
from speedup.training import LEAST_SAMPLES, MOST_SAMPLES, MOST_STEPS, MOST_TEST
from speedup.web import link
from speedup.web.explained import explained
from speedup.web.stage import committed, stage

state = st.session_state
lang = state.lang


def say(key, **values):
    return i18n.text(lang, key, **values)


def new_scene():
    if state.named in network_scene.SCENES:
        state.scene = network_scene.SCENES[state.named]


def set_run(name, parse=lambda value: value):
    """Takes over a widget's value; what it makes impossible is said, and the scene stays."""
    run = state.scene.run
    try:
        values = {name: parse(state[f"run.{name}"])}
        if name == "dataset":  # a noise of the same size would drown some and spare others
            values["noise"] = min(run.noise, DATASETS[state["run.dataset"]].most_noise)
        if name == "steps":
            values["changes"] = tuple(change for change in run.changes if change.step < state["run.steps"])
        state.scene = replace(state.scene, run=replace(run, **values))
    except SpecError as problem:
        state.refused = problem


def widget(make, name, *arguments, parse=lambda value: value, **options):
    """A widget of the field `name` of the training."""
    make(say(f"network.{name}"), *arguments, key=f"run.{name}", on_change=set_run, args=(name, parse), **options)


def sidebar():
    run, words = state.scene.run, i18n.words(lang)
    for name in ("dataset", "samples", "noise", "test", "activation", "init", "batch", "steps", "seed"):
        state[f"run.{name}"] = getattr(run, name)
    state["run.hidden"] = ", ".join(map(str, run.hidden))
    state.named = network_scene.named(state.scene)
    with st.sidebar:
        link.back_to_lesson(lang)
        st.selectbox(say("network.scene"), network_scene.SCENES, key="named", on_change=new_scene,
                     format_func=lambda name: words["scenes"][name]["label"], placeholder=say("network.own"))
        st.caption(words["scenes"][state.named]["teaches"] if state.named else words["datasets"][run.dataset]["teaches"])
        widget(st.selectbox, "dataset", DATASETS, format_func=lambda name: words["datasets"][name]["label"])
        left, right = st.columns(2)
        with left:
            widget(st.number_input, "samples", LEAST_SAMPLES, MOST_SAMPLES, step=100)
            widget(st.number_input, "test", 0.0, MOST_TEST, step=0.1, help=say("network.test_help"))
            widget(st.text_input, "hidden", help=say("network.hidden_help"), parse=parse_hidden)
            widget(st.number_input, "batch", 1, MOST_SAMPLES, step=8, help=say("network.batch_help"))
            widget(st.number_input, "steps", 1, MOST_STEPS, step=100)
        with right:
            widget(st.number_input, "noise", 0.0, DATASETS[run.dataset].most_noise, step=0.05)
            widget(st.number_input, "seed", 0, MOST_SEED, help=say("network.seed_help"))
            widget(st.selectbox, "activation", ACTIVATIONS, format_func=lambda name: say(f"network.activations.{name}"))
            widget(st.selectbox, "init", INITS, format_func=lambda name: say(f"network.inits.{name}"))


link.follow(network_scene)
sent = committed(network_scene.NAME)
if sent:
    link.adopt(network_scene, *sent)
sidebar()
link.warn(state.problems, lang, state.pop("refused", None))
link.write(network_scene, lang)  # before the stage, which takes its answer as the sign that the link is saved
stage(network_scene.NAME, network_scene.scene_json(state.scene), lang)
explained(results.chosen_row(state.scene), lang)
