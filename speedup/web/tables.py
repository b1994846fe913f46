"""The tables of optimizers, surfaces and datasets, and the words, as the browser reads them: JSON without the kernels."""

import dataclasses
import json
from collections.abc import Mapping
from typing import Any

from speedup.datasets import DATASETS
from speedup.decay import Decay
from speedup.export import ground, typeset
from speedup.network.learning import Job
from speedup.network.shape import ACTIVATIONS, INITS, MEASURED, NET, TASKS, TILE
from speedup.network.training import MEASUREMENTS, MOST_CHANGES, MOST_LAYERS, MOST_UNITS
from speedup.optimizers import DECOUPLED, OPTIMIZERS
from speedup.race.curvature import BEND
from speedup.race.outcomes import ROOMY
from speedup.race.race import EVENTS, NOISE
from speedup.race.shading import GRID
from speedup.race.statuses import STATUSES
from speedup.race.tuning import CHAPTER, best_lr
from speedup.race.visibility import EXTENT
from speedup.scenes import lesson_scene, network_scene, surfaces_scene
from speedup.scenes.looks import LOWER
from speedup.scenes.pairs import PAIRS, TRAINED_PAIRS
from speedup.scenes.query import train_lane
from speedup.schema.parameters import HYPERPARAMETERS, SURFACE
from speedup.surfaces import SURFACES
from speedup.words import i18n

RECORDS = {
    "surface": SURFACE, "events": EVENTS, "extent": EXTENT, "grid": GRID, "net": NET, "measured": MEASURED, "decay": Decay,
    "job": Job, "bend": BEND,
}  # fmt: skip


def tables_and_words(lang: str, memory: dict[str, int]) -> bytes:
    """Returns {"tables": see `tables`, "words": all words of a language, nested as in its locale file} as JSON."""
    both = {"tables": tables(memory), "words": i18n.words(lang)}
    return json.dumps(both, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def tables(memory: dict[str, int]) -> dict[str, Any]:
    """Returns {"optimizers": {name: row}, "surfaces": {name: row}, "datasets": {name: row}, …}, which is plain JSON.

    Rows are as their dataclasses have them; a surface's also holds `lr` {optimizer: rate} and `record`, what kernels read of
    it after its parameters, an optimizer's `train`, its hyperparameters in a training, `decoupled`, whether it takes the
    weight decay off the weight itself, and `anatomy`, the lines of its update. `hyperparameters` is the order in which
    kernels read those; `noise` the slider of a race's; `records` {name: fields} the order in which they read and write other
    records; `memory`, of the browser's module, how they share it; `chapter` the lanes to begin with; `panels` the instruments
    of each page, `pairs` what varies in one of them, `outcomes` the room that its kernel needs, `lower` how tall they may be;
    `statuses` how a lane may stand; `network` what a training may be; `lesson` its scenes in their order; `map` its bands and
    colours; `relief` its cells a side, its ticks, and what Plotly is told of it in each theme.
    """
    surfaces, optimizers = _plain(SURFACES), _plain(OPTIMIZERS)
    for name, row in surfaces.items():
        row["lr"] = {optimizer: best_lr(name, optimizer) for optimizer in OPTIMIZERS}
        row["record"] = SURFACES[name].record({})[SURFACE.x0 :]
    for name, row in optimizers.items():
        row |= {"train": dict(train_lane(name).hyperparameters), "decoupled": name in DECOUPLED, "anatomy": typeset.plain(name)}
    network = {
        "activations": ACTIVATIONS, "inits": INITS, "tasks": TASKS, "looks": network_scene.LOOKS, "measurements": MEASUREMENTS,
        "most_changes": MOST_CHANGES, "most_layers": MOST_LAYERS, "most_units": MOST_UNITS, "tile": TILE,
    }  # fmt: skip
    themes = {name: {part: theme[part] for part in ("map", "line", "text", "axis")} for name, theme in ground.THEMES.items()}
    relief = {
        "cells": ground.RELIEF_CELLS,
        "room": ground.ROOM,
        "ticks": ground.losses(),
        "styles": {name: ground.style(name) for name in themes},
    }
    more = {
        "map": {"bands": ground.BANDS, "themes": themes}, "relief": relief, "network": network,
        "hyperparameters": list(HYPERPARAMETERS), "noise": _plain(NOISE),
        "records": {name: list(fields._fields) for name, fields in RECORDS.items()}, "chapter": list(CHAPTER),
        "panels": {page.NAME: list(page.PANELS) for page in (surfaces_scene, network_scene)},
        "pairs": {surfaces_scene.NAME: list(PAIRS), network_scene.NAME: list(TRAINED_PAIRS)},
        "outcomes": {"room": ROOMY}, "lower": list(LOWER),
        "statuses": [row._asdict() for row in STATUSES], "memory": memory, "lesson": lesson_scene.plain(),
    }  # fmt: skip
    return {"optimizers": optimizers, "surfaces": surfaces, "datasets": _plain(DATASETS)} | more


def _plain(value: Any) -> Any:
    """Rows as dicts, tuples as lists; what JSON can't hold, a kernel, is left out of its row."""
    if dataclasses.is_dataclass(value):
        value = {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {name: _plain(one) for name, one in value.items() if not callable(one)}
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    return value
