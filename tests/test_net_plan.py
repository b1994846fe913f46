"""The picture of a network: one layer stands in one column, at any size."""

from itertools import pairwise

import pytest

from tests.modules import evaluate

NETS = [[1, 1], [1, 20, 1], [1, 32, 1], [2, 4, 3, 1], [2, 32, 32, 32, 1]]
BOXES = {"1280 x 720": (280, 290, 14), "1920 x 1080": (400, 500, 17.6), "phone": (340, 130, 15), "projected": (380, 270, 24)}


@pytest.mark.parametrize("box", BOXES.values(), ids=BOXES)
@pytest.mark.parametrize("sizes", NETS, ids=str)
def test_a_layer_is_a_column(sizes, box):
    width, height, size = box
    plan = evaluate("network/net_plan", "it.placesOf(...arg)", [sizes, {"width": width, "height": height, "size": size}])
    places, half, rest = plan["places"], plan["half"], plan["rest"]
    assert [len(layer) for layer in places] == sizes
    columns = []
    for layer, count in zip(places, sizes, strict=True):
        shown = [place for place in layer if place]
        (x,) = {place[0] for place in shown}
        columns.append(x)
        heights = [y for _, y in shown]
        assert min(heights) >= half and max(heights) <= height - half
        assert all(after - before >= 2 * half for before, after in pairwise(heights))
        counted = [one for one in rest if one["x"] == x]
        assert len(shown) + sum(one["count"] for one in counted) == count
        assert all(max(heights) + half < one["y"] <= height for one in counted)
    assert all(after - before > 2 * half for before, after in pairwise(columns))
    assert half >= 4


def test_weights_run_between_the_units_shown():
    params = list(range(4 * 1 + 4 + 4 + 1))
    plan = {"places": [[[0, 0]], [[1, 0], [1, 1], None, None], [[2, 0]]]}
    links = evaluate("network/net_plan", "it.linksOf(...arg)", [plan, params])
    assert [link["weight"] for link in links] == [link["at"] for link in links] == [0, 1, 4, 5, 8, 9, 12]
