"""The network page's scene <-> query string: every one survives, and rubbish is named, never believed."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speedup import DATASETS, OPTIMIZERS, Lane, SpecError, TrainSpec, train
from speedup.lane import MOST_SEED
from speedup.network.layers import units
from speedup.network.shape import ACTIVATIONS, INITS
from speedup.network.training import MOST_SAMPLES, MOST_STEPS, MOST_WORK
from speedup.scenes.network_scene import (
    LOOKS,
    SCENE_FIELDS,
    SCENES,
    NetworkScene,
    changed,
    default_scene,
    merge,
    named,
    read_scene,
    scene_fields,
    scene_from_json,
    scene_json,
    scene_query,
)
from speedup.scenes.pairs import TRAINED_PAIRS, own_pairs, trained_sides
from speedup.scenes.query import TRAIN_FIELDS, default_training, read_training, training_fields
from tests.test_spec import parts, texts, values

lanes = st.sampled_from(list(OPTIMIZERS)).flatmap(
    lambda name: st.builds(
        Lane, st.just(name), values(OPTIMIZERS[name].hyperparameters), st.none() | st.integers(1, MOST_SAMPLES)
    )
)


@st.composite
def trainings(draw):
    """Any TrainSpec whose work is allowed."""
    own = tuple(draw(st.lists(lanes, min_size=1, max_size=4)))
    steps = draw(st.integers(1, MOST_STEPS))
    change = st.integers(0, len(own) - 1).flatmap(
        lambda lane: st.tuples(st.integers(0, steps - 1), st.just(lane), st.just("lr"), st.floats(1e-6, 10))
    )
    spec = dict(
        dataset=draw(st.sampled_from(list(DATASETS))),
        samples=draw(st.integers(10, MOST_SAMPLES)),
        noise=draw(st.floats(0, 1)),
        test=draw(st.floats(0, 0.5)),
        activation=draw(st.sampled_from(ACTIVATIONS)),
        hidden=tuple(draw(st.lists(st.integers(1, 6), max_size=3))),
        init=draw(st.sampled_from(INITS)),
        batch=draw(st.integers(1, 200)),
        seed=draw(st.integers(0, MOST_SEED)),
        lanes=own,
    )
    one = TrainSpec(**spec, steps=1)
    steps = min(steps, int(MOST_WORK // one.work))
    changes = [one for one in draw(st.lists(change, max_size=4)) if one[0] < steps]
    return TrainSpec(**spec, steps=steps, changes=tuple(changes))


@st.composite
def any_scenes(draw):
    """Any scene; a region is one of a pair."""
    run = draw(trainings())
    chosen = draw(st.integers(0, len(run.lanes) - 1))
    pair = draw(st.sampled_from(["", *own_pairs(run.lanes[chosen], TRAINED_PAIRS)]))
    return NetworkScene(
        run,
        **{name: draw(st.sampled_from(names)) for name, names in LOOKS.items()},
        off=draw(st.frozensets(st.integers(0, len(run.lanes) - 1))),
        chosen=chosen,
        weight=draw(st.none() | st.integers(0, run.net.parameters - 1)),
        pair=pair,
        region=draw(parts(trained_sides(run, pair))) if pair else None,
    )


scenes = any_scenes()


@given(trainings())
def test_a_training_survives_the_query_string(spec):
    assert read_training(training_fields(spec)) == (spec, [])


@given(scenes)
def test_a_scene_survives_its_link_and_the_browser(scene):
    assert read_scene(scene_fields(scene)) == (scene, [])
    assert scene_from_json(scene_json(scene)) == scene


@pytest.mark.parametrize("name", SCENES)
def test_every_scene_by_name(name):
    assert read_scene(scene_fields(SCENES[name])) == (SCENES[name], []) and named(SCENES[name]) == name


def test_a_training_with_seeds_of_its_own_is_no_scene():
    with pytest.raises(SpecError, match=r"seeds: .*one seed"):
        NetworkScene(TrainSpec(lanes=(Lane("sgd"),), seeds={"weights": 7}))


def test_the_page_opens_on_the_tutorial_s_experiment():
    run = default_scene().run
    assert (run.dataset, run.samples, run.noise, run.hidden, run.batch, run.steps) == ("parabola", 1000, 0.1, (20,), 32, 384)
    assert [lane.optimizer for lane in run.lanes] == ["sgd", "momentum", "adagrad", "rmsprop", "adam"]
    assert all(lane.hyperparameters["lr"] == 0.01 for lane in run.lanes)
    assert read_scene([])[0] == default_scene()
    assert "change" not in scene_query(default_scene())


fields = st.sampled_from([*SCENE_FIELDS]) | st.text(max_size=8)


@settings(max_examples=300)
@given(st.lists(st.tuples(fields, texts), max_size=8))
def test_rubbish_gives_a_scene_and_names_what_was_wrong(pairs):
    scene, problems = read_scene(pairs)
    assert isinstance(scene, NetworkScene)
    assert all(isinstance(problem, SpecError) and len(str(problem)) < 1000 for problem in problems)
    assert problems or all(field in SCENE_FIELDS for field, _ in pairs)


def test_the_rest_is_kept():
    scene, problems = read_scene(
        [
            ("dataset", "xor"),
            ("steps", "-3"),
            ("seed", "4"),
            ("lane", "sgd,lr:0.02,batch:7"),
            ("change", "5,1,lr,0.5"),
            ("change", "5,9,lr,0.5"),
            ("change", "x"),
            ("axis", "miles"),
        ]
    )
    assert sorted(problem.field for problem in problems) == ["axis", "change", "change lane", "steps"]
    assert (scene.run.dataset, scene.run.seed, scene.run.steps) == ("xor", 4, TrainSpec.steps)
    assert scene.run.lanes == (Lane("sgd", {"lr": 0.02}, 7),) and len(scene.run.changes) == 1


def test_too_much_work_takes_fewer_steps_and_is_told_by_how_much():
    pairs = [("dataset", "spiral"), ("samples", "2000"), ("hidden", "32,32,32"), ("batch", "2000"), ("steps", "10000")]
    scene, problems = read_scene(pairs)
    assert [problem.field for problem in problems] == ["work"] and "times" in problems[0].allowed
    assert 0.9 * MOST_WORK < scene.run.work <= MOST_WORK and scene.run.hidden == (32, 32, 32)
    assert read_scene([*pairs[:3], ("steps", "5")])[0].run.steps == 5


def test_what_a_browser_sends_is_not_believed():
    good = scene_json(default_scene())
    assert scene_from_json(good) == default_scene()
    bad = [
        {},
        good | {"lanes": 5},
        good | {"lanes": [{}]},
        good | {"steps": 10**9},
        good | {"hidden": [99]},
        good | {"hidden": "8"},
        good | {"changes": [[1, 2]]},
        good | {"changes": [[1, 99, "lr", 1]]},
        good | {"axis": 3},
        good | {"batch": 0},
        good | {"lanes": good["lanes"] * 100},
        good | {"dataset": ["xor"]},
        good | {"weight": good["hidden"][0] * 3 + 1},
    ]
    for value in bad:
        with pytest.raises(SpecError):
            scene_from_json(value)


def test_the_weight_picked_is_one_of_the_net_that_is_shown():
    """Counted from 1 in a link; another net has others."""
    begin = [("hidden", "3"), ("panel", "step")]
    scene, problems = read_scene([*begin, ("weight", "10")])
    assert not problems and scene.weight == 9 and ("weight", "10") in scene_fields(scene) and scene.panel == "step"
    for text in ("0", "11", "x", "1.5", ""):
        other, problems = read_scene([*begin, ("weight", text)])
        assert other == replace(scene, weight=None) and [problem.field for problem in problems] == ["weight"]
        assert "1 to 10" in str(problems[0])
    assert changed(scene, "steps", 20).weight == merge(changed(scene, "seed", 2), scene).weight == 9
    assert changed(scene, "hidden", "4").weight is merge(changed(scene, "dataset", "moons"), scene).weight is None


def test_a_widget_s_change_outweighs_the_stage_s_but_for_the_lanes():
    sent = NetworkScene(default_training(lanes=(Lane("lion"),), changes=((5, 0, "lr", 1.0),)), axis="epoch")
    mine = replace(default_scene(), run=default_training(seed=5))
    assert merge(mine, sent) == replace(sent, run=default_training(seed=5, lanes=(Lane("lion"),)))


def test_every_field_is_documented_by_its_default():
    assert [field for field, _ in training_fields(default_training())][: len(TRAIN_FIELDS) - 2] == [
        field for field in TRAIN_FIELDS if field not in ("lane", "change")
    ]


@pytest.fixture(scope="module")
def runs():
    """Every scene by name, trained."""
    return {name: train(scene.run) for name, scene in SCENES.items()}


def dead(run, lane):
    """How many hidden units of a lane are zero for all data."""
    net, out = run.spec.net, np.empty((sum(run.spec.net.sizes), len(run.inputs)))
    record, inputs = np.array(net.record()), np.ascontiguousarray(run.inputs).reshape(-1)
    units(out.reshape(-1), run.params[lane], record, inputs, len(run.inputs), np.empty(net.act))
    return int((out[net.sizes[0] : -1] == 0).all(axis=1).sum())


def test_the_scenes_show_what_their_sentences_say(runs):
    final = {name: run.train_loss[:, -1] for name, run in runs.items()}
    tutorial = [lane.optimizer for lane in runs["tutorial"].spec.lanes]
    assert tutorial[int(final["tutorial"].argmin())] == "adam" and tutorial[int(final["tutorial"].argmax())] == "sgd"
    run = runs["minibatch"]  # a sixteenth of the samples to come as low
    assert run.spec.batch_of(run.spec.lanes[1]) == 16 * run.spec.batch and abs(final["minibatch"] - 0.0117).max() < 3e-4
    crawls, good, rough, apart = final["too_high"]
    assert crawls > 3 * good and rough > good and not apart < 1e6
    sgd, *_, adam = final["spirals"]
    assert sgd > 0.6 and adam < 0.2
    assert dead(runs["dead_units"], 0) < 3 and dead(runs["dead_units"], 1) == dead(runs["dead_units"], 2) == 12
    run = runs["zero_weights"]
    assert not run.params[:, :-1].any() and run.params[:, -1].all()
    slow, fast, swings = runs["overshoot"].train_loss
    assert fast[-1] < slow[-1] and swings[12:17].max() > 2 * swings[:13].min()
    corrected, not_corrected = final["no_correction"]
    assert corrected < 0.02 and not_corrected > 0.09
