"""How long a step takes is measured fairly whatever else the machine does meanwhile, in Node, by a clock that is made up."""

import pytest

from tests.modules import evaluate

# Two kinds of work, one of which takes a hundred times as long; a step costs tenfold until it is compiled well, and here
# and there somebody else has the processor.
MEASURED = """(async () => {
  let time = 0, done = 0, rounds = 0;
  const work = (cost) => (steps) => {
    for (let i = 0; i < steps; i += 1) time += cost * (done < arg.slow ? 10 : 1);
    done += 1;
    if (done % 4 === 0) time += 40;
    time = Math.round(time * 10) / 10; // as coarse as a browser's clock
  };
  const found = await it.paces([work(0.003), work(0.3), work(0.003)], async () => (rounds += 1) < arg.rounds, () => time);
  return { found, rounds };
})()"""


@pytest.mark.parametrize("slow", [0, 3, 10, 16])
def test_each_kind_is_measured_after_it_was_compiled_and_undisturbed(slow):
    told = evaluate("model/pace", MEASURED, {"slow": slow, "rounds": 1000})
    assert told["found"] == pytest.approx([0.003, 0.3, 0.003], rel=0.05)
    assert told["rounds"] <= 60


def test_it_ends_when_nobody_waits_any_more():
    assert evaluate("model/pace", MEASURED, {"slow": 0, "rounds": 2}) == {"found": None, "rounds": 2}
