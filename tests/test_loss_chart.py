"""The geometry of the loss chart."""

import pytest

from tests.modules import evaluate


@pytest.mark.parametrize(
    "losses, step",
    [
        ([1, 0.5, 0.2], -1),
        ([1, 3, 9, 27], 2),
        ([1, 3, 9, 2, 1], -1),
        ([9, 1, 9, 9], 2),
        ([9, 9], 0),
        ([1, 2, 1e300, None, None], 2),
        ([1, 2, None], -1),
        ([None], -1),
    ],
    ids=str,
)
@pytest.mark.parametrize("zero", [None, 0])
def test_where_a_curve_leaves_for_good(losses, step, zero):
    expression = """(() => {
      const losses = arg[0].map((loss) => loss ?? NaN);
      const model = { zero: arg[1], low: 0.1, high: 4, steps: losses.length - 1, units: [1] };
      return it.leavesAt(losses, it.createPlot({ left: 0, top: 10, width: 100, height: 50 }, model));
    })()"""
    assert evaluate("draw/plot", expression, [losses, zero]) == step
