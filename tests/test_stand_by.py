"""Threads that stand by while a page rests: whoever needs some takes these, and only what is missing is started."""

from tests.modules import evaluate, threads_on

# How many threads there are, and how many are ended, after each of these; what the first of them was told.
CODE = """(async () => {
  const { Threads } = await import("./model/threads.js");
  THREADS
  let [count, ended] = [0, 0];
  const told = [], answers = [];
  const Own = Worker;
  globalThis.Worker = class extends Own {
    constructor(...how) { super(...how); this.nth = count++; }
    postMessage(one) { super.postMessage(one); if (this.nth === 0) told.push([one.kind, one.id, "compiled" in one]); }
    terminate() { ended += 1; }
  };
  const [here, other] = [1, 2].map((compiled) => ({ base: "", kernels: { compiled } }));
  const seen = [];
  const now = (work) => { work(); seen.push([count, ended]); };
  now(() => it.standBy(here, { kind: "felt", lanes: [] }));
  now(() => it.standBy(here, null));
  const threads = new Threads(here, "outcomes", { take: (one) => answers.push(one.found), fail() {} }, [3, 3]);
  now(() => threads.ask(() => ({})));
  answer({ found: "tried" }, 0);
  answer({ found: "asked" });
  now(() => it.standBy(here, null));
  now(() => it.standBy(other, null));
  return { seen, told, answers };
})()""".replace("THREADS", threads_on(2))


def test_they_are_taken_and_replaced_and_their_trial_is_nobodys():
    found = evaluate("model/stand_by", CODE)
    assert found["seen"] == [[2, 0], [2, 0], [3, 0], [5, 0], [7, 2]]
    assert found["told"] == [["rest", 0, True], ["felt", 0, False], ["outcomes", 1, False]]
    assert found["answers"] == ["asked"]


# What is left to be done after a second without a frame, of a page that is as it says: how many threads stand by then.
REST = """(async () => {
  THREADS
  let count = 0, later = null;
  const Own = Worker;
  globalThis.Worker = class extends Own { constructor() { super(); count++; } };
  globalThis.setTimeout = (work, ms) => ((later = work), ms);
  globalThis.clearTimeout = () => (later = null);
  const view = { base: "", kernels: { compiled: 1 }, kind: { trial: () => null }, dragging: false };
  const rest = it.createRest(view);
  const after = (how) => { Object.assign(view, how); Object.assign(document, how); rest.begin(); later?.(); return count; };
  const seen = [after({ hidden: true }), after({ hidden: false, dragging: true }), after({ dragging: false })];
  rest.end();
  return [...seen, later];
})()""".replace("THREADS", threads_on(2))


def test_none_begins_while_the_page_is_hidden_or_a_hand_holds_something():
    assert evaluate("instruments/rest", REST) == [0, 0, 2, None]
