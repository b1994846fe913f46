"""Writes the parts of the documents that say what the tables and the parsers say: `make docs`.

A part stands in a document between `<!-- NAME, from the tables -->` and `<!-- end -->`; PARTS has its text.
"""

import re
from pathlib import Path

from speedup import DATASETS, OPTIMIZERS, SURFACES
from speedup.lane import MOST_LANES
from speedup.network.training import MOST_CHANGES, MOST_LAYERS, MOST_UNITS, MOST_WORK
from speedup.race.tuning import CHAPTER
from speedup.scenes import lesson_scene, network_scene, surfaces_scene
from speedup.scenes.lesson import TELLINGS
from speedup.scenes.query import LONGEST, MOST_FIELDS, format_number
from speedup.schema.parameters import HYPERPARAMETERS
from speedup.words import i18n

DOCS = Path(__file__).resolve().parent
PART = re.compile(r"(<!-- (.+?), from the tables -->\n)(.*?)(<!-- end -->)", re.S)

MEANINGS = {  # of every field of an address
    "surface": "the loss surface and its parameters",
    "start": "where all lanes start",
    "steps": "how many steps are run",
    "noise": "standard deviation of what is added: to each gradient on a surface, to the data of a network",
    "seed": "of all that is random: noise, data, initial weights, the order of the samples",
    "lane": "an optimizer and its hyperparameters; one field for each lane, in their order",
    "view": "the map from above, or the surface in 3D",
    "off": "the lanes that are hidden",
    "chosen": "the lane that is explained below the stage",
    "window": "the part of the map that is seen in 2D",
    "camera": "where the surface is seen from in 3D: degrees around and above it, how far away, the place looked at",
    "panel": "what stands below: the loss, an update line by line, nearness to the speed limit, the rates, or all outcomes",
    "against": "what varies in the rates: a hyperparameter, a race's noise, a training's batch",
    "measure": "what the rates show of each run: the loss at the end, or the steps until it arrives",
    "pair": "what varies in the picture of all outcomes: two numbers of the lane, or on a surface its start",
    "region": "the part of that picture that is seen",
    "laid": "where the outcomes of all starts are seen: below, or in 2D over the map, too",
    "weight": "the weight of the network whose update is shown line by line",
    "directions": "whose curvature the limit tells: the sharpest direction's, or of the lane looked at the three sharpest ones'",
    "lower": "how tall what stands below is, in percent of the stage's height; phones have room for one height only",
    "dataset": "what the networks learn",
    "samples": "how many samples there are",
    "test": "the share of the samples that is held out",
    "hidden": "the units of each hidden layer",
    "activation": "of the hidden units",
    "init": "how the weights begin",
    "batch": "samples a step, for lanes that have no `batch` of their own",
    "change": "from this step on the lane has another value of a hyperparameter; one field for each change",
    "curve": "the loss that is drawn: of the batch, of all training samples, of the test samples",
    "axis": "against what it is drawn",
    "scale": "of the loss",
    "turn": "what a slider means that is moved while it trains: from here on, or from the start",
}
VALUES = {  # where a parser's words alone would not say enough
    "surface": "`name,parameter:value,…`, see [Surfaces](#surfaces)",
    "start": "`x,y` inside the surface's domain",
    "lane": f"`name,hyperparameter:value,…`, see [Lanes](#lanes); 1 to {MOST_LANES} of them",
    "off": "numbers of lanes, as `2` or `2,3`; the first lane is 1",
    "chosen": "the number of a lane; the first lane is 1",
    "window": "`x0,x1,y0,y1` inside the surface's domain, x0 < x1 and y0 < y1",
    "camera": "`turn,tilt,away,x,y,z`, numbers from -180 to 180, -90 to 90, 0.3 to 6, and -2 to 2 each",
    "pair": "`lr,beta1` or two others of a lane, in the order of [Lanes](#lanes); on Surfaces `start`, on Network `batch` too",
    "region": "`a0,a1,b0,b1`: of the pair's first number from a0 to a1, of its second from b0 to b1, each within its bounds",
    "weight": "its number, the first is 1: layer by layer, in each the weights unit by unit, then the biases",
    "dataset": "a name, see [Datasets](#datasets)",
    "hidden": f"`none`, or 1 to {MOST_LAYERS} whole numbers from 1 to {MOST_UNITS}, as `8,8`",
    "change": f"`step,lane,hyperparameter,value`; at most {MOST_CHANGES} of them",
}
DEFAULTS = {
    "start": "the surface's own",
    "lane": ", ".join(CHAPTER),
    "off": "none",
    "chosen": "1",
    "window": "all",
    "camera": "as at first",
    "panel": "loss",
    "against": "lr",
    "measure": "loss",
    "pair": "the lane's first",
    "region": "all",
    "laid": "below",
    "weight": "the one at which the loss is steepest at the start",
    "lower": "its own",
    "change": "none",
}


def table(heads, rows):
    """A table in Markdown."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def fields(kind):
    """The fields of a page's scene: `kind` is the module that reads them. What is allowed is said by its parser."""
    default, rows = dict(kind.scene_fields(kind.default_scene())), []
    for name in kind.SCENE_FIELDS:
        wrong = kind.read_scene([(name, "?")])[1]
        looks = getattr(kind, "LOOKS", {}).get(name, ("–",))
        rows.append(
            [f"`{name}`", MEANINGS[name], VALUES.get(name) or wrong[0].allowed, DEFAULTS.get(name) or default.get(name, looks[0])]
        )
    return table(["field", "meaning", "values", "default"], rows)


def interval(low, high):
    """The numbers from low to high."""
    return f"{format_number(low)} to {format_number(high)}"


def optimizers():
    """Names, and the hyperparameters that each has."""
    return table(
        ["name", "optimizer", "hyperparameters and their defaults"],
        (
            [f"`{row.name}`", row.label, ", ".join(f"`{one.name}` {format_number(one.default)}" for one in row.hyperparameters)]
            for row in OPTIMIZERS.values()
        ),
    )


def hyperparameters():
    """Names and ranges, the same for every optimizer."""
    return table(
        ["hyperparameter", "symbol", "meaning", "values"],
        (
            [
                f"`{row.name}`",
                row.symbol,
                i18n.text("en", f"stage.hyperparameters.{row.name}"),
                "0 or 1" if row.scale == "switch" else interval(row.low, row.high),
            ]
            for row in HYPERPARAMETERS.values()
        ),
    )


def surfaces():
    """Names, parameters, domains and starts."""

    def one(row):
        params = ", ".join(f"`{p.name}` {format_number(p.default)} ({interval(p.low, p.high)})" for p in row.parameters)
        start = ",".join(map(format_number, row.start))
        return [f"`{row.name}`", *(interval(*ends) for ends in row.domain), f"`{start}`", params or "–"]

    return table(["name", "x", "y", "start", "parameters: default (values)"], map(one, SURFACES.values()))


def datasets():
    """Names, tasks, and how many inputs there are."""
    return table(
        ["name", "dataset", "task", "inputs", "noise"],
        ([f"`{row.name}`", row.label, row.task, str(len(row.domain)), interval(0, row.most_noise)] for row in DATASETS.values()),
    )


def lesson():
    """The names of the lesson's scenes, in their order."""

    def one(name):
        return [f"`{name}`", i18n.text("en", f"lesson.scenes.{name}.title"), lesson_scene.kind_of(name).NAME]

    return table(["scene", "title", "whose fields it takes"], map(one, TELLINGS))


def limits():
    """Of addresses as a whole."""
    lines = (
        f"at most {MOST_FIELDS} fields, and {LONGEST} characters in a value",
        f"at most {MOST_LANES} lanes",
        f"at most {MOST_CHANGES} changes",
        f"at most {MOST_WORK:.0e} for steps × batch × parameters, summed over the lanes of a network".replace("e+0", " × 10^"),
    )
    return "".join(f"- {line}\n" for line in lines)


PARTS = {
    "fields of surfaces": lambda: fields(surfaces_scene),
    "fields of network": lambda: fields(network_scene),
    "optimizers": optimizers,
    "hyperparameters": hyperparameters,
    "surfaces": surfaces,
    "datasets": datasets,
    "lesson": lesson,
    "limits": limits,
    "languages": lambda: "".join(f"- `{lang}`: {i18n.text(lang, 'page.language_name')}\n" for lang in i18n.LANGUAGES),
}


def renewed(text):
    """A document's text with its parts as they have to be. Raises KeyError for a part that isn't known."""
    return PART.sub(lambda found: f"{found[1]}\n{PARTS[found[2]]()}\n{found[4]}", text)


if __name__ == "__main__":
    for file in sorted(DOCS.glob("*.md")):
        file.write_text(renewed(file.read_text("utf-8")), "utf-8")
