"""Spec <-> query string. A page's scene is its URL, so this is the only place that reads or writes one.

    surface=long_valley,condition:50&start=-8,2&steps=300&noise=0&seed=0&lane=adam,lr:0.02,beta1:0.9&lane=sgd,lr:0.01

A surface and a lane are a name, then name:value pairs; what is left out takes its default.
"""

from urllib.parse import parse_qsl, urlencode

from speedup import bounds
from speedup.bounds import SpecError
from speedup.optimizers import OPTIMIZERS
from speedup.race import MOST_LANES, Lane, RaceSpec
from speedup.surfaces import SURFACES
from speedup.tuning import FIRST, default_race

LONGEST = 400  # characters of one value; the longest lane that `format_race` writes has about 200
MOST_FIELDS = 40
RACE_FIELDS = ("surface", "start", "steps", "noise", "seed", "lane")


def parse_named(field, text, names):
    """("name", {key: text}) of "name,key:value,key:value", the name being one of `names`. Raises SpecError."""
    if len(text) > LONGEST:
        raise SpecError(field, text, f"at most {LONGEST} characters")
    name, *pairs = text.split(",")
    bounds.choice(field, name, names)
    values = {}
    for pair in pairs:
        key, colon, value = pair.partition(":")
        if not colon:
            raise SpecError(field, pair, "name:value")
        if key in values:
            raise SpecError(field, key, "given once")
        values[key] = value
    return name, values


def parse_surface(text):
    """(name, {parameter: float}) of "long_valley,condition:50,angle:30". Raises SpecError."""
    name, values = parse_named("surface", text, SURFACES)
    return name, bounds.parameters(f"surface {name}", values, SURFACES[name].parameters)


def parse_lane(text):
    """The Lane of "adam,lr:0.02,beta1:0.9". Raises SpecError."""
    return Lane(*parse_named("lane", text, OPTIMIZERS))


def _parse_start(text):
    x, comma, y = text.partition(",")
    if not comma or len(text) > LONGEST:
        raise SpecError("start", text, "x,y")
    return x, y


def read_race(pairs):
    """(RaceSpec, problems) of [(field, text), ...], which holds RACE_FIELDS only.

    A field that is missing or wrong has the default of its surface; every wrong one is a SpecError in `problems`.
    """
    problems, fields, lanes = [], {}, []
    for field, text in pairs[:MOST_FIELDS]:
        if field == "lane":
            lanes.append(text)
        elif field in fields:
            problems.append(SpecError(field, text, "given once"))
        else:
            fields[field] = text
    if len(pairs) > MOST_FIELDS:
        problems.append(SpecError("query", f"{len(pairs)} fields", f"at most {MOST_FIELDS} fields"))

    def attempt(parse, *arguments):
        try:
            return parse(*arguments)
        except SpecError as problem:
            problems.append(problem)
            return None

    surface, params = attempt(parse_surface, fields.pop("surface", FIRST)) or (FIRST, {})
    if len(lanes) > MOST_LANES:
        problems.append(SpecError("lane", f"{len(lanes)} lanes", f"1 to {MOST_LANES} lanes"))
    lanes = [lane for text in lanes[:MOST_LANES] if (lane := attempt(parse_lane, text))]
    values = {"surface": surface, "params": params, "lanes": tuple(lanes) or default_race(surface).lanes}
    for field, text in fields.items():
        start = attempt(_parse_start, text) if field == "start" else text
        if start is not None and attempt(lambda: RaceSpec(**values | {field: start})):
            values[field] = start
    return RaceSpec(**values), problems


def parse_race(query):
    """The RaceSpec of a query string. Raises the first SpecError."""
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


def format_number(value):
    """The shortest text that reads back as the same float64."""
    text = repr(float(value))
    return text.removesuffix(".0")


def _format_named(name, values):
    return ",".join([name, *(f"{key}:{format_number(value)}" for key, value in values.items())])


def format_surface(surface, params):
    """The text that `parse_surface` reads."""
    return _format_named(surface, params)


def format_lane(lane):
    """The text that `parse_lane` reads: lr always, the others where they differ from their defaults."""
    defaults = OPTIMIZERS[lane.optimizer].defaults()
    values = {k: v for k, v in lane.hyperparameters.items() if k == "lr" or v != defaults[k]}
    return _format_named(lane.optimizer, values)


def race_fields(spec):
    """[(field, text), ...] of a RaceSpec, in the order of RACE_FIELDS."""
    start = ",".join(format_number(value) for value in spec.start)
    fields = [("surface", format_surface(spec.surface, spec.params)), ("start", start), ("steps", str(spec.steps))]
    fields += [("noise", format_number(spec.noise)), ("seed", str(spec.seed))]
    return fields + [("lane", format_lane(lane)) for lane in spec.lanes]


def format_race(spec):
    """The query string of a RaceSpec; `parse_race` gives the same spec back."""
    return urlencode(race_fields(spec), safe=",:")
