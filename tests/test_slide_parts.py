"""What a picture that is taken away shows of buttons that lie over an instrument, read from what a pen is told."""

from tests.modules import evaluate

DRAWN = """(() => {
  const told = [];
  const pen = new Proxy({}, {
    get: (_, name) => (...values) => { told.push([name, ...values]); return { width: 10 }; },
    set: (_, name, value) => { told.push([name, value]); return true; },
  });
  const change = (box, low) => ({ box, textContent: "lr 0.05", dataset: low ? { low: "" } : {},
    style: { getPropertyValue: (name) => (name === "--lane" ? "#123456" : "") } });
  const found = { ".change:not([hidden])": arg.changes.map((one) => change(...one)), ".cross:not([hidden])": arg.crosses.map((box) => ({ box })) };
  const element = { querySelectorAll: (what) => found[what] ?? [] };
  const view = { colours: { text: "#000000", faint: "#666666", background: "#ffffff" } };
  const offscreen = { opened: { element, say: () => "" }, view, placeOf: ({ box }) => box };
  it.drawOpened(pen, offscreen, { box: [72, 480, 833, 200], left: 72, family: "serif" });
  return told;
})()"""


def calls(told, name):
    return [values for one, *values in told if one == name]


def test_changes_are_diamonds_of_their_lane_with_what_they_set_above_or_below():
    told = evaluate(
        "tools/slide_parts", DRAWN, {"changes": [[[100, 500, 44, 44], False], [[300, 482, 44, 44], True]], "crosses": []}
    )
    assert calls(told, "translate") == [[122, 522], [322, 504]]
    assert calls(told, "strokeStyle").count(["#123456"]) == 2
    (x1, y1), (x2, y2) = [(x, y) for text, x, y, *_ in calls(told, "fillText") if text == "lr 0.05"]
    assert (x1, x2) == (122, 322) and y1 < 522 and y2 > 504


def test_the_cross_is_a_ring_that_is_seen_on_any_colour():
    told = evaluate("tools/slide_parts", DRAWN, {"changes": [], "crosses": [[200, 550, 20, 20]]})
    (circle,) = calls(told, "arc")
    assert circle[:2] == [210, 560]
    assert [one for one in calls(told, "strokeStyle") if one[0] in ("#ffffff", "#000000")] == [["#ffffff"], ["#000000"]]


def test_without_any_there_is_none():
    told = evaluate("tools/slide_parts", DRAWN, {"changes": [], "crosses": []})
    assert not calls(told, "arc") and not calls(told, "translate")
