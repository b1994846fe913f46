"""What a page sets of its scene besides the lanes, in words: Streamlit's sidebar and the player's drawer both show these rows."""

import dataclasses
from collections.abc import Callable, Mapping
from typing import Any

from speedup.datasets import DATASETS
from speedup.lane import MOST_SEED
from speedup.network.shape import ACTIVATIONS, INITS
from speedup.network.training import LEAST_SAMPLES, MOST_SAMPLES, MOST_TEST
from speedup.network.training import MOST_STEPS as MOST_TRAIN_STEPS
from speedup.race.race import MOST_STEPS, NOISE
from speedup.scenes import network_scene, surfaces_scene
from speedup.schema import validation
from speedup.surfaces import SURFACES
from speedup.words import i18n


@dataclasses.dataclass(frozen=True)
class Setting:
    """A row of SETTINGS. `form`: "choice" of one of `names` {name: key of its label}, "switch" between a few, "number" or "text".

    A number goes from `low` to `high`, which may depend on the scene, by `step`. `label`, `help` and what `teaches` gives of
    a scene are keys of the words; "" for none.
    """

    field: str
    form: str
    label: str
    names: Mapping[str, str] = dataclasses.field(default_factory=dict)
    low: float = 0
    high: float | Callable[[Any], float] = 0
    step: float = 1
    help: str = ""
    teaches: Callable[[Any], str] = lambda scene: ""


def _scenes(kind: Any) -> Setting:
    """The row of the scenes that a page has by name, with the sentence of the one that is shown."""

    def taught(scene):
        name = kind.named(scene)
        return f"scenes.{name}.teaches" if name else ""

    return Setting("scene", "choice", "network.scene", {name: f"scenes.{name}.label" for name in kind.SCENES}, teaches=taught)


SETTINGS = {
    "surfaces": (
        Setting(
            "surface", "choice", "page.surface", {name: f"surfaces.{name}.label" for name in SURFACES},
            teaches=lambda scene: f"surfaces.{scene.race.surface}.teaches",
        ),
        _scenes(surfaces_scene),
        Setting("steps", "number", "page.steps", low=1, high=MOST_STEPS, step=50, help="page.steps_help"),
        Setting("noise", "number", "page.noise", low=NOISE.low, high=NOISE.high, step=0.5, help="page.noise_help"),
        Setting("seed", "number", "page.seed", high=MOST_SEED, help="page.seed_help"),
        Setting("view", "switch", "page.view", dict.fromkeys(surfaces_scene.VIEWS, "")),
    ),
    "network": (
        _scenes(network_scene),
        Setting(
            "dataset", "choice", "network.dataset", {name: f"datasets.{name}.label" for name in DATASETS},
            teaches=lambda scene: f"datasets.{scene.run.dataset}.teaches",
        ),
        Setting("samples", "number", "network.samples", low=LEAST_SAMPLES, high=MOST_SAMPLES, step=100),
        Setting("test", "number", "network.test", low=0.0, high=MOST_TEST, step=0.1, help="network.test_help"),
        Setting("hidden", "text", "network.hidden", help="network.hidden_help"),
        Setting("batch", "number", "network.batch", low=1, high=MOST_SAMPLES, step=8, help="network.batch_help"),
        Setting("steps", "number", "network.steps", low=1, high=MOST_TRAIN_STEPS, step=100),
        Setting(
            "noise", "number", "network.noise", low=0.0, high=lambda scene: DATASETS[scene.run.dataset].most_noise, step=0.05
        ),
        Setting("seed", "number", "network.seed", high=MOST_SEED, help="network.seed_help"),
        Setting(
            "activation", "choice", "network.activation", {name: f"network.activations.{name}" for name in ACTIVATIONS}
        ),
        Setting("init", "choice", "network.init", {name: f"network.inits.{name}" for name in INITS}),
    ),
    "lesson": (),
}  # fmt: skip


def shown(kind: Any, row: Setting, scene: Any, lang: str) -> dict[str, Any]:
    """Returns a row as it is shown of a scene: its words, its `value`, and what may be chosen or the bounds of its numbers.

    The value of a choice is None where the scene has none of the names: then it is called `own`.
    """
    high = row.high(scene) if callable(row.high) else row.high
    most = f"{high:g}" if isinstance(high, float) else high
    say = lambda key, **values: key and i18n.text(lang, key, **values)
    return {
        "field": row.field,
        "form": row.form,
        "label": say(row.label),
        "value": kind.setting(scene, row.field),
        "names": {name: say(key) or name.upper() for name, key in row.names.items()},
        "own": say("network.own"),
        "low": row.low,
        "high": high,
        "step": row.step,
        "help": say(row.help, most=most),
        "teaches": taught(row, scene, lang),
    }


def taught(row: Setting, scene: Any, lang: str) -> str:
    """Returns the sentence that says what there is to be seen in a scene with what a row has chosen; "" for none."""
    key = row.teaches(scene)
    return key and i18n.text(lang, key)


def all_shown(kind: Any, scene: Any, lang: str) -> list[dict[str, Any]]:
    """Returns all settings of a page as they are shown of its scene."""
    return [shown(kind, row, scene, lang) for row in SETTINGS[kind.NAME]]


def row(kind: Any, field: Any) -> Setting:
    """Returns the row of a page's setting. Raises SpecError if it has none of this name."""
    rows = {one.field: one for one in SETTINGS[kind.NAME]}
    return rows[validation.choice("change", field, rows)]
