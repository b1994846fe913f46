"""What the flat map is made of, without a page: its camera, its bands, its ticks. Node runs them."""

import numpy as np
import pytest

from tests.modules import evaluate

DOMAIN = [[-2, 2], [-1, 3]]
RECT = {"left": 40, "top": 10, "right": 640, "bottom": 410}
CAMERA = f"(() => {{ const one = new it.MapCamera(); one.show({DOMAIN}, arg.window ?? null, {{left: 40, top: 10, right: 640, bottom: 410}}); return one; }})()"
DEPTHS = [(0.3, 0.7, 10.0**-k) for k in range(12)]


def window(x, y, side):
    return [x - side / 2, x + side / 2, y - side / 2, y + side / 2]


@pytest.mark.parametrize("x, y, side", DEPTHS)
def test_pixels_and_places_are_each_other_s_at_any_zoom(x, y, side):
    at = [[40, 410], [640, 10], [123.5, 77.25]]
    arg = {"window": window(x, y, side), "at": at}
    back = evaluate(
        "draw/map_camera",
        f"""arg.at.map(([px, py]) => {{
      const camera = {CAMERA}, out = [0, 0];
      camera.projectAll([...camera.locate(px, py), 0], 1, out);
      return out;
    }})""",
        arg,
    )
    np.testing.assert_allclose(back, at, atol=0.01 if side > 1e-10 else 0.5)  # of the narrowest a pixel is few float64s


def test_a_hand_keeps_what_it_holds():
    arg = {"window": window(0.3, 0.7, 0.5)}
    pinched = (
        f"((camera) => camera.pinched(camera.grip(), {{ at: [200, 300], apart: 1 }}, {{ at: [260, 250], apart: 2 }}))({CAMERA})"
    )
    x0, x1, y0, y1 = evaluate("draw/map_camera", pinched, arg)
    assert (x1 - x0, y1 - y0) == pytest.approx((0.25, 0.25))
    held = 0.05 + 0.5 * 160 / 600, 0.45 + 0.5 * 110 / 400
    assert (x0 + 0.25 * 220 / 600, y0 + 0.25 * 160 / 400) == pytest.approx(held)


def test_no_window_leaves_the_map_or_what_float64_tells():
    arg = {"window": window(1.9, 2.9, 0.2)}
    far = evaluate(
        "draw/map_camera",
        f"((camera) => camera.pinched(camera.grip(), {{ at: [640, 10], apart: 1 }}, {{ at: [0, 400], apart: 1 }}))({CAMERA})",
        arg,
    )
    assert far == pytest.approx([1.8, 2, 2.8, 3])
    assert evaluate("draw/map_camera", f"it.closerTo(null, {DOMAIN}, 0.1)") == [-2, 2, -1, 3]
    near = evaluate(
        "draw/map_camera",
        f"(() => {{ let w = null; for (let i = 0; i < 60; i++) w = it.closerTo(w, {DOMAIN}, 4); return w; }})()",
    )
    assert 0 < near[1] - near[0] < 1e-11 and 0 < near[3] - near[2] < 1e-11
    assert evaluate("draw/map_camera", f"{CAMERA}.isClosest", {"window": near}) and not evaluate(
        "draw/map_camera", f"{CAMERA}.isClosest", arg
    )
    assert evaluate("draw/map_camera", f"it.settled([-2, 2, -1, 3], {DOMAIN})") is None
    assert evaluate("draw/map_camera", f"it.settled([0.123456, 0.223456, 1, 2.000001], {DOMAIN})") == [0.12346, 0.22346, 1, 2]


@pytest.mark.parametrize(
    "low, high",
    [
        (-2, 2),
        (-10, 10),
        (0, 6.3),
        (-0.004, 0.011),
        (1.234, 1.2341),
        (2.99999999, 3.00000001),
        (0.3 - 1e-11, 0.3 + 1e-11),
        (-5e-13, 5e-13),
        (-1.5e-3, -1.4999e-3),
        (99.5, 100.5),
    ],
)
def test_ticks_are_round_few_and_legible(low, high):
    found = evaluate("draw/ticks", "it.roundTicks(arg[0], arg[1], 7)", [low, high])
    values, texts = [tick["value"] for tick in found["ticks"]], [tick["text"] for tick in found["ticks"]]
    assert 3 <= len(values) <= 8 and len(set(texts)) == len(texts) and all(len(text) <= 5 for text in texts)
    assert all(low - 1e-9 * (high - low) <= value <= high + 1e-9 * (high - low) for value in values)
    plain = [text.replace("−", "-") for text in texts]
    if not found["base"]:
        assert [float(text) for text in plain] == values
        return
    start, _, rest = found["base"].rpartition("…")
    power = rest.removeprefix(" × ").translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")).removeprefix("10")
    first = start.removesuffix(" + ").replace("−", "-")
    for text, value in zip(plain, values):
        assert float(first or 0) + int(text) * 10.0 ** int(power) == pytest.approx(value, abs=1e-3 * (high - low), rel=0)


ROWS = [{"scale": "linear", "minimum": None, "unit": 1}, {"scale": "log", "minimum": -2, "unit": 0.5}]


@pytest.mark.parametrize("row", ROWS, ids=["linear", "log"])
@pytest.mark.parametrize("seen", [(-2, 1000), (-2, 3), (0.5, 0.51), (-2, -2 + 1e-9), (7, 7 + 1e-11), (3, 3)])
def test_bands_divide_what_is_seen(row, seen):
    found = evaluate(
        "race/bands",
        "(() => { const { levels, shares } = it.bandsOf(arg.row, [-2, 1000], arg.seen, 16); return { levels: [...levels], shares }; })()",
        {"row": row, "seen": seen},
    )
    levels, shares = np.array(found["levels"]), found["shares"]
    assert len(shares) == len(levels) + 1 and all(0 <= share <= 1 for share in shares) and (np.diff(shares) >= 0).all()
    if seen[0] < seen[1]:
        inside = levels[(levels > seen[0]) & (levels < seen[1])]
        assert 7 <= len(inside) <= 16 and (np.diff(inside) > 0).all()
        assert shares[0] < 0.1 and shares[-1] > 0.9
        whole = evaluate("race/bands", "[...it.bandsOf(arg, [-2, 1000], [-2, 1000], 16).levels]", row)
        for level in whole:  # the lines of the whole map stay where they are
            assert not seen[0] < level < seen[1] or np.abs(inside / level - 1).min() < 1e-9
