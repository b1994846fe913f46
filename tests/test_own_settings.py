"""Settings in a page that is one file: what the browser makes of a change there is what the server would."""

from urllib.parse import parse_qsl

import pytest

from speedup.schema.validation import SpecError
from speedup.web.offline import tell_own
from speedup.web.player import tell
from speedup.web.player_page import PAGES
from speedup.words import i18n
from tests.modules import evaluate

SCENES = {
    "surfaces": "surface=booth&start=1,2&steps=77&lane=adam,lr:0.123&lane=sgd&window=-1,1,-1,1&off=2",
    "network": "dataset=moons&samples=100&noise=0.05&hidden=8,8&lane=sgd,lr:0.1&change=20,1,lr,0.5&weight=9",
}
CHANGES = """(async () => {
  const { tables } = await (await import("./base/load.js")).loadTables("held:/", "en");
  return arg.cases.map(([row, value]) => {
    const scene = it.changed(arg.page, row, arg.scene, value, tables);
    return [scene, scene && arg.rows.map((one) => it.shown(arg.page, one, scene))];
  });
})()"""
TYPED = {"hidden": ["8, 4", "", "none", "99", "8,,8", "8,8,8,8", "1.5"]}


def values(row):
    """What is tried: all names, both ends and what lies beyond."""
    numbers = [row["low"], row["high"], row["high"] + 1, row["low"] - 1, row["low"] + 0.5, "abc"]
    return list(row["names"]) or TYPED.get(row["field"], numbers)


def seen(rows):
    """What is seen of rows: their values, as text, and what they teach."""
    return {row["field"]: (str(row["value"]).removesuffix(".0"), row["teaches"]) for row in rows}


@pytest.mark.parametrize("page", SCENES)
def test_every_setting_brings_along_what_the_server_says(page):
    kind = PAGES[page]
    scene, problems = kind.read_scene(parse_qsl(SCENES[page]))
    assert not problems
    rows = tell_own(kind, scene, "en")["settings"]
    cases = [(row, value) for row in rows for value in values(row)]
    found = evaluate("host/own_settings", CHANGES, {"page": page, "scene": kind.scene_json(scene), "rows": rows, "cases": cases})
    for (row, value), (changed, shown) in zip(cases, found, strict=True):
        try:
            after = kind.changed(scene, row["field"], value)
        except SpecError as error:
            said, asked = row["refusal"].replace("{value}", str(value)), i18n.explain(error, "en", "refused")
            assert changed is None and (said == asked or (row["form"] == "text" and "0 to 3 layers" in said))
            continue
        assert changed == kind.scene_json(after), (row["field"], value)
        told = {one["field"]: one for one in tell(kind, after, "en")["settings"]}
        assert seen(shown) == seen(told[one["field"]] for one in shown)


def test_what_needs_other_data_is_no_setting_there():
    missing = {"samples", "noise", "test", "seed"}
    scene = PAGES["network"].default_scene()
    all_of_them = {row["field"] for row in tell(PAGES["network"], scene, "en")["settings"]}
    assert all_of_them - {row["field"] for row in tell_own(PAGES["network"], scene, "en")["settings"]} == missing
