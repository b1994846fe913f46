"""What a frame costs the page: while something moves nothing is put into it or taken out of it."""

import pytest

WATCH = """() => { // from now on `inserted` gets all that is put into the stage or taken out of it
  window.watching?.disconnect();
  const seen = window.inserted = [];
  const named = (node) => node.nodeType === 1 ? `<${node.localName} class="${node.getAttribute("class")}">` : `"${node.data}"`;
  window.watching = new MutationObserver((records) => {
    for (const { target, addedNodes, removedNodes } of records) {
      seen.push([named(target), ...[...addedNodes, ...removedNodes].map(named)].join(" "));
    }
  });
  watching.observe(document.querySelector("[data-testid=stage]"), { childList: true, subtree: true });
}"""
SCENES = [("", ""), ("", "view=3d"), ("network", ""), ("lesson", "scene=shoes")]
READ = "[...stage.querySelectorAll('.readout p')].map((one) => one.textContent).join()"


def drag(visitor):
    """Moves the first slider, each time once the run of the last move is drawn; yields after the first."""
    visitor.stop_at_end()
    place = visitor.grip(visitor.stage.locator(".lane input[type=range]").first)
    for i in range(8):
        run = visitor.data("run")
        visitor.page.mouse.move(*place(0.4 + 0.03 * i))
        visitor.wait_for_other_run(run)
        yield
    visitor.page.mouse.up()


def watch_it_play(visitor):
    """Plays; yields once the button has become one that pauses, and later."""
    visitor.press("Home")
    visitor.control("button", "play").click()
    for step in (2, 20):
        visitor.wait("data.state === 'playing' && data.step > arg", step)
        yield
    visitor.stop_at_end()


def read(visitor):
    """Moves the mouse over the chart, each time once the losses there are shown."""
    box = visitor.stage.locator(".chart").bounding_box()
    for share in (0.3, 0.4, 0.5):
        before = visitor.stage.evaluate(f"(stage) => {READ}")
        visitor.page.mouse.move(box["x"] + share * box["width"], box["y"] + 20)
        visitor.wait(f"{READ} !== arg", before)
        yield


@pytest.mark.parametrize("page, query", SCENES, ids=lambda text: text or "-")
@pytest.mark.long
def test_what_moves_puts_nothing_into_the_page(play, page, query):
    visitor = play(query, at=page).wait("stage?.run && stage.querySelector('[data-figure=shown]')")
    visitor.wait("!('done' in stage.run) || stage.run.done === stage.run.spec.steps").wait_for_tools()
    for move in drag, watch_it_play, read:
        for i, _ in enumerate(move(visitor)):
            if i == 0:
                visitor.page.evaluate(WATCH)
            else:
                assert visitor.page.evaluate("inserted") == [], move.__name__
