"""Expressions of the page: whether a stage shows what it has to, see `Visitor.wait`."""

# The map is drawn, in the size that it has.
SHOWN = """(() => {
  const map = stage?.querySelector("[data-figure='shown']");
  const still = map?.querySelector(".still:not([data-away])");
  const { width, height } = map?.getBoundingClientRect() ?? {};
  const axes = still?.querySelector("canvas[data-sharp] ~ canvas:last-child");
  const layout = still?._fullLayout ?? (axes && { width: axes.width / devicePixelRatio, height: axes.height / devicePixelRatio });
  return layout && Math.abs(layout.width - width) < 1 && Math.abs(layout.height - height) < 1;
})()"""
# What is drawn, after the frames that are under way: the address may tell what is set a moment before they compute it.
LATER = "(stage) => new Promise((tell) => requestAnimationFrame(() => requestAnimationFrame(() => tell({}))))"
SPEC, RUN = LATER.format("stage.run.spec"), LATER.format("stage.dataset.run")
# Either kind of stage has drawn all that it shows.
READY = f"stage?.run && (data.kind === 'network' ? stage.querySelector('[data-figure=shown]') : {SHOWN})"
