"""Which of two that change a scene at once is heard: the stage in the browser, and a widget or the address."""

import json

import pytest

from tests.modules import evaluate
from tests.visits import visiting

NODE = """(() => {
  globalThis.window = globalThis;
  const sent = [];
  const commits = new it.Commits({ scene: () => ({}), send: (one) => sent.push(one), alive: async () => true, lost() {} });
  const all = arg.map((told) => {
    if (told) return commits.receive({ id: null, own: false, ...told, ...(told.answers && { id: commits.id }) });
    commits.schedule();
    commits.flush();
    return sent.at(-1).after;
  });
  commits.close();
  return all;
})()"""
CHANGED = None  # in the stage, and sent


@pytest.mark.parametrize(
    "events, then",
    [
        # what a widget has changed meanwhile isn't what the stage's scene was made from
        ([{"serial": "a"}, CHANGED, {"serial": "b"}, CHANGED], [True, "a", False, "a"]),
        # an earlier commit of the stage's own is
        ([{"serial": "a"}, CHANGED, {"serial": "b", "own": True}, CHANGED], [True, "a", False, "b"]),
        # and so is what it has taken over
        ([{"serial": "a"}, CHANGED, {"serial": "b", "answers": True}, CHANGED], [True, "a", True, "b"]),
        ([{"serial": "a"}, {"serial": "b"}, CHANGED], [True, True, "b"]),
    ],
)
def test_a_commit_names_the_scene_that_it_was_made_from(events, then):
    assert evaluate("stage/commit", NODE, events) == then


def handed(visit):
    """What the stage was handed last."""
    shown = visit.shown["surfaces"]
    return json.loads(shown.mixed.json if shown.WhichOneof("data") == "mixed" else shown.json)


def commit(before, lr, name):
    """What a stage sends that has the scene of `before` and another rate of its first lane."""
    first, *others = before["scene"]["lanes"]
    scene = before["scene"] | {"lanes": [first | {"h": first["h"] | {"lr": lr}}, *others]}
    return json.dumps({"commit": {"id": name, "after": before["serial"], "scene": scene}}).encode()


def told(visit):
    scene = handed(visit)["scene"]
    return scene["surface"], scene["lanes"][0]["h"]["lr"]


@pytest.mark.parametrize("at_once", [False, True])
def test_a_surface_chosen_while_a_commit_is_under_way_stays(server, at_once):
    with visiting(server, "surface=beale&lane=sgd,lr:0.01&lane=adam,lr:0.02") as visit:
        before = handed(visit)
        if at_once:
            visit.rerun(surface="Booth", surfaces=commit(before, 0.015, "1"))
        else:
            visit.rerun(surface="Booth")
            assert not handed(visit)["own"]
            visit.rerun(surfaces=commit(before, 0.015, "1"))
        assert told(visit) == ("booth", 0.015)
        assert not handed(visit)["own"]  # half of it is the widget's
        assert "surface=booth" in visit.address
        visit.rerun(surfaces=commit(handed(visit), 0.025, "2"))
        assert told(visit) == ("booth", 0.025)
        assert handed(visit)["own"]


def test_a_commit_sets_no_widget_that_it_leaves_alone(server):
    """What a browser is told to show instead of what has just been chosen there is lost."""
    with visiting(server, "surface=beale&steps=77") as visit:
        visit.rerun(surfaces=commit(handed(visit), 0.015, "1"))
        visit.rerun(surfaces=commit(handed(visit), 0.025, "2"))
        assert not visit.shown["surface"].set_value and not visit.shown["steps"].set_value
        visit.rerun(surface="Booth")
        visit.rerun(surfaces=commit(handed(visit) | {"scene": handed(visit)["scene"] | {"steps": 99}}, 0.035, "3"))
        assert visit.shown["steps"].set_value and visit.shown["steps"].value == 99
        assert not visit.shown["surface"].set_value
