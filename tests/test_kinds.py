"""The registry of the kinds of stage, and how a scene is split into its spec and how it is looked at. Node runs them."""

from tests.modules import evaluate

RACE, TRAINING = {"surface": "booth"}, {"dataset": "spiral"}


def test_a_scene_has_its_kind_on_every_page():
    asked = [["surfaces", RACE], ["network", TRAINING], ["lesson", RACE], ["lesson", TRAINING]]
    told = evaluate(
        "stage/kinds", "arg.map((one) => it.kindOf(...one)).map(({ name, lesson }) => [name, lesson ?? false])", asked
    )
    assert told == [["surfaces", False], ["network", False], ["surfaces", True], ["network", True]]


def test_a_kind_has_what_files_and_pictures_ask_for():
    asked = "[...arg].map(([page, scene]) => { const kind = it.kindOf(page, scene); return ['subject', 'title', 'facts', 'layout', 'table'].map((name) => typeof kind[name]); })"
    for found in evaluate("stage/kinds", asked, [["surfaces", RACE], ["network", TRAINING], ["lesson", RACE]]):
        assert set(found) == {"function"}


def test_a_look_that_a_scene_does_not_name_stays_and_one_of_null_goes():
    kind, before = {"looks": ["view", "window", "chosen"]}, {"view": "3d", "window": [0, 1, 0, 1], "chosen": 2}
    scene = {"surface": "booth", "window": None, "chosen": 0}
    found = evaluate("stage/looks", "it.split(...arg)", [scene, kind, before])
    assert found == {"spec": {"surface": "booth"}, "looks": {"view": "3d", "window": None, "chosen": 0}}
