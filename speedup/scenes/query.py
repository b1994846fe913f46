"""Spec <-> query string. A page's scene is its URL, so this is the only place that reads or writes one.

    surface=long_valley,condition:50&start=-8,2&steps=300&noise=0&seed=0&lane=adam,lr:0.02,beta1:0.9&lane=sgd,lr:0.01
    dataset=spiral&samples=400&noise=0.1&hidden=8,8&activation=tanh&batch=10&steps=999&lane=sgd,batch:400&change=90,1,lr,1

A surface and a lane are a name, then name:value pairs; what is left out takes its default. A change is a step, a lane
(counted from 1), a hyperparameter and its value from there on.
"""

import functools
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, urlencode

from speedup.lane import MOST_LANES, Lane
from speedup.network.training import MOST_CHANGES, MOST_LAYERS, MOST_WORK, TrainSpec
from speedup.network.training import MOST_STEPS as MOST_TRAIN_STEPS
from speedup.optimizers import OPTIMIZERS
from speedup.race.race import RaceSpec
from speedup.race.tuning import CHAPTER, FIRST, default_race
from speedup.scenes.texts import LONGEST, Pairs, format_lane, format_number, format_surface, read_lane, read_surface
from speedup.schema import validation
from speedup.schema.validation import SpecError

MOST_FIELDS = 40 + MOST_CHANGES
RACE_FIELDS = ("surface", "start", "steps", "noise", "seed", "lane")
DATA_FIELDS = ("dataset", "samples", "noise", "test", "seed")  # as `datasets.make` takes them
TRAIN_FIELDS = (*DATA_FIELDS, "hidden", "activation", "init", "batch", "steps", "lane", "change")
TUTORIAL = {"momentum": {"momentum": 0.8}, "rmsprop": {"rho": 0.9}, "adam": {"beta2": 0.99}}  # and lr 0.01 for all


def _parse_start(text):
    x, comma, y = text.partition(",")
    if not comma or len(text) > LONGEST:
        raise SpecError("start", text, "x,y")
    return x, y


class _Reader:
    """Sorts the pairs of a query: `fields` given once, `lists` of what may be repeated; collects `problems`."""

    def __init__(self, pairs, most):
        self.problems: list[SpecError] = []
        self.fields: dict[str, str] = {}
        self.lists: dict[str, list[str]] = {name: [] for name in most}
        for field, text in pairs[:MOST_FIELDS]:
            if field in most:
                self.lists[field].append(text)
            elif field in self.fields:
                self.problems.append(SpecError(field, text, "given once"))
            else:
                self.fields[field] = text
        if len(pairs) > MOST_FIELDS:
            self.problems.append(SpecError("query", f"{len(pairs)} fields", f"at most {MOST_FIELDS} fields"))
        for field, number in most.items():
            if len(self.lists[field]) > number:
                given = f"{len(self.lists[field])} of them"
                self.problems.append(SpecError(field, given, f"given at most {number} times"))
            self.lists[field] = self.lists[field][:number]

    def attempt(self, parse, *arguments):
        """parse(*arguments), or None with the SpecError among the problems."""
        try:
            return parse(*arguments)
        except SpecError as problem:
            self.problems.append(problem)
            return None

    def all(self, field, parse):
        """What `parse` makes of each text of a repeated field, as far as it can."""
        return [one for text in self.lists[field] if (one := self.attempt(parse, text)) is not None]

    def lanes(self):
        """The lanes that can be made; what is wrong with one is left out of it."""
        found = self.all("lane", read_lane)
        self.problems += [problem for _, problems in found for problem in problems]
        return tuple(lane for lane, _ in found)

    def build(self, make, values, parsers):
        """make(**values) with every field that it takes, one after the other."""
        for field, text in self.fields.items():
            value = self.attempt(parsers[field], text) if field in parsers else text
            if value is not None and self.attempt(functools.partial(make, **values | {field: value})):
                values[field] = value
        return make(**values)


def read_race(pairs: Pairs) -> tuple[RaceSpec, list[SpecError]]:
    """Returns (RaceSpec, problems) of [(field, text), ...], which holds RACE_FIELDS only.

    A field that is missing or wrong has the default of its surface; every wrong one is a SpecError in `problems`.
    """
    reader = _Reader(pairs, {"lane": MOST_LANES})
    surface, params, wrong = reader.attempt(read_surface, reader.fields.pop("surface", FIRST)) or (FIRST, {}, [])
    reader.problems += wrong
    lanes = tuple(reader.attempt(_without_batch, lane) or Lane(lane.optimizer, lane.hyperparameters) for lane in reader.lanes())
    values: dict[str, Any] = {"surface": surface, "params": params, "lanes": lanes or default_race(surface).lanes}
    return reader.build(RaceSpec, values, {"start": _parse_start}), reader.problems


def _without_batch(lane):
    """The Lane, if a race can have it. Raises SpecError."""
    return RaceSpec(lanes=(lane,)).lanes[0]


def train_lane(optimizer: str) -> Lane:
    """Returns the Lane that an optimizer gets in a training by default: the tutorial's, lr 0.01 where its own is less."""
    lr = max(0.01, OPTIMIZERS[optimizer].defaults()["lr"])
    return Lane(optimizer, {"lr": lr} | TUTORIAL.get(optimizer, {}))


def default_training(**values: Any) -> TrainSpec:
    """Returns the tutorial's experiment, with AdaGrad; `values` replace those of its TrainSpec."""
    return TrainSpec(**{"lanes": tuple(train_lane(name) for name in CHAPTER)} | values)


def parse_hidden(text: str) -> tuple[str, ...]:
    """Returns the units of the hidden layers in "8,8", none in "none" or "". Raises SpecError if it is no text, or too long."""
    if not isinstance(text, str) or len(text) > LONGEST:
        raise SpecError("hidden", text, f"the units of 0 to {MOST_LAYERS} layers, 20 or 8,8 or none")
    return () if text.strip() in ("", "none") else tuple(part.strip() for part in text.split(","))


def parse_change(text: str, lanes: int) -> tuple[str, int, str, str]:
    """Returns (step, lane, name, value) of "90,1,lr,0.1", one of so many lanes, counted from 0 then. Raises SpecError."""
    parts = text[:LONGEST].split(",")
    if len(parts) != 4:
        raise SpecError("change", text, "step,lane,name,value")
    return parts[0], validation.integer("change lane", parts[1], 1, lanes) - 1, parts[2], parts[3]


def read_training(pairs: Pairs) -> tuple[TrainSpec, list[SpecError]]:
    """Returns (TrainSpec, problems) of [(field, text), ...], which holds TRAIN_FIELDS only; as `read_race`.

    Too much work takes fewer steps, as many as allowed.
    """
    reader = _Reader(pairs, {"lane": MOST_LANES, "change": MOST_CHANGES})
    lanes = reader.lanes() or default_training().lanes
    steps = reader.fields.pop("steps", None)
    spec = reader.build(TrainSpec, {"lanes": lanes, "steps": 1}, {"hidden": parse_hidden})
    most = min(TrainSpec.steps, int(MOST_WORK // spec.work))  # its work is that of one step
    spec = replace(spec, steps=most)
    if steps is not None:
        spec = reader.attempt(lambda: replace(spec, steps=steps)) or replace(spec, steps=_possible(steps, spec, most))
    for change in reader.all("change", lambda text: parse_change(text, len(lanes))):
        spec = reader.attempt(functools.partial(replace, spec, changes=(*spec.changes, change))) or spec
    return spec, reader.problems


def _possible(steps, spec, most):
    """As many of the steps asked for as MOST_WORK allows; `most` where they are no number of steps at all."""
    try:
        asked = validation.integer("steps", steps, 1, MOST_TRAIN_STEPS)
    except SpecError:
        return most
    return min(asked, int(MOST_WORK * spec.steps // spec.work))


def training_fields(spec: TrainSpec) -> Pairs:
    """Returns [(field, text), ...] of a TrainSpec, in the order of TRAIN_FIELDS."""
    fields = [("dataset", spec.dataset), ("samples", str(spec.samples)), ("noise", format_number(spec.noise))]
    fields += [("test", format_number(spec.test)), ("seed", str(spec.seed))]
    fields += [("hidden", ",".join(map(str, spec.hidden)) or "none"), ("activation", spec.activation)]
    fields += [("init", spec.init), ("batch", str(spec.batch)), ("steps", str(spec.steps))]
    fields += [("lane", format_lane(lane)) for lane in spec.lanes]
    return fields + [("change", f"{one.step},{one.lane + 1},{one.name},{format_number(one.value)}") for one in spec.changes]


def parse_race(query: str) -> RaceSpec:
    """Returns the RaceSpec of a query string. Raises the first SpecError."""
    if len(query) > LONGEST * MOST_FIELDS:
        raise SpecError("query", query, f"at most {LONGEST * MOST_FIELDS} characters")
    pairs = parse_qsl(query, keep_blank_values=True)
    for field, text in pairs:
        if field not in RACE_FIELDS:
            raise SpecError(field, text, "one of the fields " + ", ".join(RACE_FIELDS))
    spec, problems = read_race(pairs)
    if problems:
        raise problems[0]
    return spec


def race_fields(spec: RaceSpec) -> Pairs:
    """Returns [(field, text), ...] of a RaceSpec, in the order of RACE_FIELDS."""
    start = ",".join(format_number(value) for value in spec.start)
    fields = [("surface", format_surface(spec.surface, spec.params)), ("start", start), ("steps", str(spec.steps))]
    fields += [("noise", format_number(spec.noise)), ("seed", str(spec.seed))]
    return fields + [("lane", format_lane(lane)) for lane in spec.lanes]


def format_race(spec: RaceSpec) -> str:
    """Returns the query string of a RaceSpec; `parse_race` gives the same spec back."""
    return urlencode(race_fields(spec), safe=",:")
