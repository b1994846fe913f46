"""The race in words: how each lane ended, and the chosen optimizer as formula and code."""

import functools
import inspect
import re
from typing import Any

import numpy as np

from speedup.optimizers import OPTIMIZERS
from speedup.race.race import Race
from speedup.race.statuses import at_end
from speedup.scenes.texts import format_number
from speedup.schema.parameters import Optimizer
from speedup.surfaces import SURFACES
from speedup.words import i18n

DIVIDER = " | "
NO_BREAK = "\u00a0"
RAISED = dict(zip("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))


def status(race: Race, lane: int, lang: str) -> str:
    """Tells how lane number `lane` ended, in words, by the table of STATUSES."""
    row, step = at_end(race, lane)
    return i18n.text(lang, f"stage.{row.word}", step=step, loss=_number(race.paths[lane, -1, 2]))


def distance(race: Race, lane: int) -> float:
    """Returns the distance from where the lane ended to the nearest minimum; NaN if it diverged or there is no minimum."""
    x, y, _ = race.paths[lane, -1]
    minima = SURFACES[race.spec.surface].minima
    return min((float(np.hypot(x - u, y - v)) for u, v in minima), default=float("nan"))


def table(race: Race, lang: str) -> str:
    """Returns the results as a Markdown table: lane, hyperparameters, status, final loss, distance to the nearest minimum."""
    heads = [i18n.text(lang, f"page.{name}") for name in ("lane", "hyperparameters", "status", "loss", "distance")]
    lines = [DIVIDER.join(heads), DIVIDER.join([":--"] * 3 + ["--:"] * 2)]
    for i, lane in enumerate(race.spec.lanes):
        row = OPTIMIZERS[lane.optimizer]
        values = lane.hyperparameters
        shown = ", ".join(
            f"{p.symbol}{NO_BREAK}{format_number(values[p.name])}"
            for p in row.hyperparameters
            if p.main or values[p.name] != p.default
        )
        numbers = [_number(race.paths[i, -1, 2]), _number(distance(race, i))]
        lines.append(DIVIDER.join([f"{i + 1}.{NO_BREAK}{row.label}", shown, status(race, i, lang), *numbers]))
    return "\n".join(f"| {line} |" for line in lines)


def _number(value):
    """Three digits: 0.031, −12.5, 1.2×10⁻⁷; a dash for NaN."""
    if np.isnan(value):
        return "–"
    mantissa, _, exponent = f"{value:.3g}".replace("-", "−").partition("e")
    return f"{mantissa}×10{''.join(RAISED[digit] for digit in str(int(exponent.replace('−', '-'))))}" if exponent else mantissa


def chosen_row(scene: Any) -> Optimizer:
    """Returns the optimizer of the chosen lane."""
    return OPTIMIZERS[scene.lanes[min(scene.chosen, len(scene.lanes) - 1)].optimizer]


def formula(row: Optimizer) -> str:
    """Returns the update in LaTeX, its lines aligned at their first arrow or equals sign."""
    lines = [re.sub(r"(\\leftarrow|=)", r"&\1", line, count=1) for line in row.latex.split(r"\\")]
    return r"\begin{aligned} " + r"\\".join(lines) + r" \end{aligned}"


@functools.cache
def code(row: Optimizer) -> str:
    """Returns the source of the kernel that runs, here and in the browser."""
    kernel: Any = row.kernel
    return inspect.getsource(kernel.py_func)
