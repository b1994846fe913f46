"""The picture of outcomes on the stage: it is the runs', a press sets what is there, the cross follows hand and keys."""

from playwright.sync_api import expect

from tests.browser.visitor import linked

QUERY = "surface=long_valley&steps=60&lane=sgd,lr:0.01&lane=momentum,lr:0.01,momentum:0.5&chosen=2&panel=map"
# Where the picture is on the screen: left, top, width, height.
PLOT = """(stage) => {
  const sheet = stage.querySelector(".outcomes"), { left, top, right, bottom } = sheet.getBoundingClientRect();
  const style = getComputedStyle(sheet), em = parseFloat(style.fontSize);
  const margin = (side) => em * parseFloat(style.getPropertyValue(`--plot-${side}`));
  return [left + margin("left"), top + 0.6 * em, right - margin("right") - left - margin("left"), bottom - top - 2.3 * em];
}"""


def test_a_press_sets_what_is_there_and_keys_go_on(play):
    visitor = play(QUERY).stop_at_end()
    sheet, finding = visitor.stage.locator(".outcomes"), visitor.stage.locator(".finding")
    expect(sheet).to_have_attribute("data-sharp", "")
    expect(finding).to_contain_text("Momentum")
    before = visitor.data("run")
    left, top, width, height = visitor.stage.evaluate(PLOT)
    visitor.page.mouse.move(left + width * 6.5 / 7, top + height / 8)
    expect(finding).to_contain_text(visitor.words("stage.left", step=1))
    visitor.page.mouse.down()
    visitor.page.mouse.move(left + width * 4.5 / 7, top + height / 2, steps=4)
    run = visitor.wait_for_other_run(before)
    expect(sheet).to_have_attribute("data-sharp", "")  # another place in the same picture
    visitor.page.mouse.up()
    visitor.wait_for_link()
    _, lane = visitor.race.lanes
    assert 0.028 < lane.hyperparameters["lr"] < 0.035 and lane.hyperparameters["momentum"] > 0.98
    assert visitor.data("run") == run
    cross = visitor.stage.locator(".cross")
    cross.focus()
    cross.press("ArrowDown")
    visitor.wait_for_other_run(run)
    assert visitor.race.lanes[1].hyperparameters["momentum"] < lane.hyperparameters["momentum"]
    visitor.press("Control+z")
    visitor.press("Control+z")
    visitor.wait("data.run === arg", before)


def test_every_start_is_a_choice_and_part_of_the_link(play):
    visitor = play(QUERY).stop_at_end()
    visitor.stage.get_by_label(visitor.words("stage.outcomes.pair")).select_option("start")
    visitor.page.wait_for_url("**pair=start*")
    expect(visitor.stage.locator(".outcomes")).to_have_attribute("data-sharp", "")
    left, top, width, height = visitor.stage.evaluate(PLOT)
    visitor.page.mouse.click(left + width / 2, top + height / 4)
    visitor.page.wait_for_url("**start=*")
    x, y = visitor.race.start
    assert abs(x) < 0.1 and 3 < y < 4
    laid = visitor.stage.locator(".ground > canvas").nth(1)
    expect(laid).to_be_hidden()
    visitor.stage.get_by_label(visitor.words("stage.outcomes.laid")).press("Space")
    visitor.page.wait_for_url("**laid=map*")
    expect(laid).to_be_visible()
    same = laid.evaluate(
        "(laid) => ['left', 'top', 'right', 'bottom'].every((side) => laid.getBoundingClientRect()[side] === laid.previousSibling.getBoundingClientRect()[side])"
    )
    assert (
        same and laid.evaluate("(laid) => laid.getContext('2d').getImageData(9, 9, 1, 1).data[3]") == 140
    )  # of 255: it shines through


def test_it_is_zoomed_and_a_click_loads_the_run_that_is_seen(play):
    """By wheel, drag and key; what is told of a pixel is what its run does; a double click shows all, a lane that lacks the pair says so."""
    visitor = play(f"{QUERY}&pair=lr,momentum").stop_at_end()
    sheet, finding, mouse = visitor.stage.locator(".outcomes"), visitor.stage.locator(".finding"), visitor.page.mouse
    expect(sheet).to_have_attribute("data-sharp", "")
    left, top, width, height = visitor.stage.evaluate(PLOT)
    run, (x, y) = visitor.data("run"), (left + width * 4.6 / 7, top + height / 2)
    mouse.move(x, y)
    for _ in range(6):
        mouse.wheel(0, -100)
    visitor.page.wait_for_url("**region=*")
    mouse.down()
    mouse.move(x - width / 10, y, steps=3)
    mouse.up()
    visitor.press("+")  # the picture's, for the pointer is over it
    visitor.page.wait_for_url(lambda url: (found := linked(url).region) and found[1] / found[0] < 12)
    assert visitor.data("run") == run and "window" not in visitor.query
    expect(sheet).to_have_attribute("data-sharp", "")
    mouse.click(x, y)
    visitor.wait_for_other_run(run)
    visitor.wait_for_link()
    where, _, became = finding.text_content().partition(": ")
    _, lane = visitor.race.lanes
    assert where == f"lr {lane.hyperparameters['lr']!r}, β {lane.hyperparameters['momentum']!r}"
    assert became in visitor.stage.locator(".lane").nth(1).text_content()
    mouse.dblclick(x, y + height / 4)
    visitor.page.wait_for_url(lambda url: linked(url).region is None)
    assert visitor.race.lanes[1] == lane  # as before the two clicks
    visitor.press("Control+z", "Control+z", "Control+z").wait("data.run === arg", run)
    visitor.stage.locator(".lane .name").first.click()
    expect(finding).to_contain_text(visitor.words("stage.rate.lacks", lane="SGD", name="β"))
    visitor.page.wait_for_url(lambda url: "pair=" not in url)
    expect(finding).to_contain_text("SGD")
