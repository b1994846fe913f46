"""The lesson says what its scenes show: every claim and every number of its words, held against the runs."""

import re
from dataclasses import replace

import numpy as np
import pytest

from speedup import OPTIMIZERS, SURFACES, simulate, train
from speedup.scenes import network_scene, surfaces_scene
from speedup.scenes.lesson import ENDS, TELLINGS, moved
from speedup.scenes.surfaces_scene import Scene
from speedup.words import i18n
from tests.answers import SCORES, answer

NAMES = ["slow", "minibatch", "drunk", "slope", "shoes", "both", "adam", "which"]
KEYS = {"title", "words", "question", "reveal", "try", "outcome"}
NOISE = 0.01  # mean squared, of the networks' data
told = pytest.mark.parametrize("name", NAMES)


def words(name, lang="en"):
    return i18n.words(lang)["lesson"]["scenes"][name]


def numbers(text):
    """The numbers in a text, sorted: 300 000 is one, and so is 30 万, 300000."""
    text = re.sub(r"(?<=\d)[ \u00a0](?=\d{3}\b)", "", text)
    text = re.sub(r"(\d+) 万", lambda found: found[1] + "0000", text)
    return sorted({float(number) for number in re.findall(r"\d+(?:\.\d+)?", text)})


def says(name, key, *expected):
    """Whether a text of a scene holds just these numbers."""
    return numbers(words(name)[key]) == sorted({float(number) for number in expected})


def kind_of(one):
    return surfaces_scene if isinstance(one, Scene) else network_scene


def run_of(one):
    """The Race or Training of a scene."""
    return simulate(one.race) if isinstance(one, Scene) else train(one.run)


def turned(name, **params):
    """The Race of a scene whose surface has other parameters."""
    race = TELLINGS[name].scene.race
    return simulate(replace(race, params=race.params | params))


def test_eight_scenes_in_their_order():
    assert list(TELLINGS) == NAMES and all(telling.name == name for name, telling in TELLINGS.items())
    assert i18n.words("en")["lesson"]["scenes"].keys() == set(NAMES)


@told
def test_a_scene_survives_the_url_and_the_browser(name):
    for one in (TELLINGS[name].scene, TELLINGS[name].tried):
        kind = kind_of(one)
        assert kind.read_scene(kind.scene_fields(one)) == (one, [])
        assert kind.scene_from_json(kind.scene_json(one)) == one


@told
def test_a_scene_is_seen_at_a_glance(name):
    one = TELLINGS[name].scene
    assert 2 <= len(one.lanes) <= 4
    if isinstance(one, Scene):
        assert one.race.steps <= 300  # 7.5 seconds
    else:
        assert one.run.steps <= 480 and one.turn == "start"  # 8 seconds; a slider moved meanwhile holds from the start


@told
def test_words_are_few_and_in_every_language(name):
    keys = KEYS | ({"why"} if TELLINGS[name].why else set())
    assert all(words(name, lang).keys() == keys for lang in i18n.LANGUAGES)
    english, chinese = words(name), words(name, "zh")
    assert len(english["title"].split()) <= 6 and len(english["words"].split()) <= 90
    assert len(chinese["title"]) <= 12 and len(chinese["words"]) <= 160
    assert english["question"].endswith("?") and chinese["question"].endswith("？")
    assert not re.search(r"[一-鿿][,;:?!.]|[,;:?!][一-鿿]", "".join(chinese.values()))


@told
@pytest.mark.parametrize("key", ["reveal", "why", "try", "outcome"])
def test_every_language_gives_the_same_numbers(name, key):
    assert numbers(words(name, "zh").get(key, "")) == numbers(words(name).get(key, ""))


@told
def test_what_is_tried_is_the_move_and_nothing_else(name):
    telling = TELLINGS[name]
    kind, *where, to = telling.move
    before, after = (dict(kind_of(one).scene_fields(one)) for one in (telling.scene, telling.tried))
    if kind == "param":
        (row,) = [row for row in SURFACES[telling.scene.race.surface].parameters if row.name == where[0]]
        found, other = telling.tried.race.params[row.name], telling.scene.race.params[row.name]
        assert {key for key in before if before[key] != after[key]} == {"surface"}
    else:
        index, row_name = where
        optimizer = telling.scene.lanes[index].optimizer
        (row,) = [row for row in OPTIMIZERS[optimizer].hyperparameters if row.name == row_name]
        found, other = (one.lanes[index].hyperparameters[row_name] for one in (telling.tried, telling.scene))
        assert OPTIMIZERS[optimizer].label in words(name)["try"] and row.symbol in words(name)["try"]
        assert OPTIMIZERS[optimizer].label in words(name, "zh")["try"] and row.symbol in words(name, "zh")["try"]
    assert found != other and found == (getattr(row, to) if to in ENDS else to)
    assert to not in ENDS or {"low": "left", "high": "right"}[to] in words(name)["try"]
    assert moved(telling.tried, (kind, *where, other)) == telling.scene


def test_a_batch_is_moved_too():
    one = TELLINGS["minibatch"].scene
    assert [moved(one, ("batch", 1, to)).run.lanes[1].batch for to in ("low", "high", 7)] == [1, 600, 7]


ANSWERS = dict(
    slow="adam", minibatch="sgd", drunk="sgd", slope="momentum", shoes="adagrad", both="rmsprop", adam="adam", which="rmsprop"
)


@told
def test_the_answer_is_the_one_named_and_clearly_so(name):
    telling = TELLINGS[name]
    values = SCORES[telling.question](telling.scene)
    best, second = np.sort(values)[:2]
    lane = telling.scene.lanes[answer(telling)]
    assert second > 1.09 * best and lane.optimizer == ANSWERS[name]
    label = OPTIMIZERS[lane.optimizer].label
    if name not in ("minibatch", "drunk"):  # where all lanes are SGD
        assert words(name)["reveal"].startswith(label) and words(name, "zh")["reveal"].startswith(label)
