"""A surface and a lane as text: a name, then name:value pairs; what is left out takes its default.

long_valley,condition:50        adam,lr:0.02,beta1:0.9        of a network: sgd,lr:0.1,batch:400
"""

from collections.abc import Mapping

from speedup.lane import Lane
from speedup.optimizers import OPTIMIZERS
from speedup.schema import validation
from speedup.schema.validation import SpecError
from speedup.surfaces import SURFACES

Pairs = list[tuple[str, str]]  # (field, text) of a query string, in its order
LONGEST = 400  # characters of one value; the longest lane that `format_lane` writes has about 200


def _parse_named(field, text, names):
    """("name", {key: text}, problems) of "name,key:value,key:value", the name being one of `names`. Raises SpecError.

    What is no name:value, or repeats one, is left out and a SpecError in `problems`.
    """
    if len(text) > LONGEST:
        raise SpecError(field, text, f"at most {LONGEST} characters")
    name, *pairs = text.split(",")
    name, values, problems = validation.choice(field, name, names), {}, []
    for pair in pairs:
        key, colon, value = pair.partition(":")
        if not colon:
            problems.append(SpecError(field, pair, "name:value"))
        elif key in values:
            problems.append(SpecError(field, key, "given once"))
        else:
            values[key] = value
    return name, values, problems


def _good(field, values, rows):
    """({name: float}, problems): those of `values` {name: text} that `rows` allow; a SpecError for each other one."""
    good: dict[str, float] = {}
    problems = []
    for name, text in values.items():
        try:
            good |= [validation.parameter(field, name, text, rows)]
        except SpecError as problem:
            problems.append(problem)
    return good, problems


def read_surface(text: str) -> tuple[str, dict[str, float], list[SpecError]]:
    """Returns (name, {parameter: float}, problems) of "long_valley,condition:50,angle:30".

    A wrong parameter is left out, and a SpecError in `problems`. Raises SpecError if there is no such surface.
    """
    name, values, problems = _parse_named("surface", text, SURFACES)
    params, more = _good(f"surface {name}", values, SURFACES[name].parameters)
    return name, params, problems + more


def read_lane(text: str) -> tuple[Lane, list[SpecError]]:
    """Returns (Lane, problems) of "adam,lr:0.02,beta1:0.9", of a network "adam,lr:0.02,batch:32" too.

    A wrong value is left out, and a SpecError in `problems`. Raises SpecError if there is no such optimizer.
    """
    name, values, problems = _parse_named("lane", text, OPTIMIZERS)
    batch = values.pop("batch", None)
    given, more = _good(f"lane {name}", values, OPTIMIZERS[name].hyperparameters)
    lane = Lane(name, given)
    if batch is not None:
        try:
            lane = Lane(name, given, batch)
        except SpecError as problem:
            more.append(problem)
    return lane, problems + more


def format_number(value: float) -> str:
    """Returns the shortest text that reads back as the same float64."""
    text = repr(float(value))
    return text.removesuffix(".0")


def _format_named(name, values):
    return ",".join([name, *(f"{key}:{format_number(value)}" for key, value in values.items())])


def format_surface(surface: str, params: Mapping[str, float]) -> str:
    """Returns the text that `read_surface` reads."""
    return _format_named(surface, params)


def format_lane(lane: Lane) -> str:
    """Returns the text that `read_lane` reads: lr always, the others where they differ from their defaults."""
    defaults = OPTIMIZERS[lane.optimizer].defaults()
    values = {k: v for k, v in lane.hyperparameters.items() if k == "lr" or v != defaults[k]}
    if lane.batch is not None:
        values["batch"] = lane.batch
    return _format_named(lane.optimizer, values)
