"""The baseline: the same scene with what Streamlit has, a slider per lane and a Plotly chart with frames.

streamlit run bench/baseline_app.py          with the project's folder in PYTHONPATH
"""

import math

import plotly.graph_objects as go
import streamlit as st

from bench import cases
from speedup import OPTIMIZERS, simulate
from speedup.export import ground
from speedup.race.tuning import best_lr

EVERY = 5  # steps from one frame to the next: one per step would be five times the data


@st.cache_data
def contours():
    """The same map as the stage's."""
    return go.Figure(ground.bare_figure(cases.SCENE, {}, "2d", "light")).to_dict()


def trails(paths, step):
    """The lanes' paths up to a step."""
    return [
        go.Scatter(x=path[: step + 1, 0], y=path[: step + 1, 1], mode="lines", name=name, line_color=OPTIMIZERS[name].colour)
        for name, path in zip(cases.LANES, paths)
    ]


rates = {}
for name in cases.LANES:
    label, power = f"{OPTIMIZERS[name].label}, log10(lr)", math.log10(best_lr(cases.SCENE, name))
    rates[name] = 10 ** st.sidebar.slider(label, -6.0, 1.0, power, 0.01)
paths = simulate(cases.scene(**rates)).paths
figure = go.Figure(contours())
behind = len(figure.data)
figure.add_traces(trails(paths, cases.SCENE_STEPS))
lines = list(range(behind, len(figure.data)))
steps = range(0, cases.SCENE_STEPS + 1, EVERY)
figure.frames = [go.Frame(data=trails(paths, step), traces=lines) for step in steps]
animation = {"frame": {"duration": 0, "redraw": False}, "transition": {"duration": 0}}
button = {"label": "Play", "method": "animate", "args": [None, animation]}
figure.update_layout(height=500, updatemenus=[{"type": "buttons", "buttons": [button]}])
st.plotly_chart(figure, theme=None)
