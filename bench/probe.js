// Watches a page from inside; injected before its own scripts. Times are milliseconds since the navigation.
//
// `bench.picture()` says what is drawn: another value means other pixels. It is asked at the start of each
// animation frame and when the stage's element has changed, which is at the end of the stage's own frame.
// Either way the browser then styles, lays out and paints that frame, and only then comes to whatever else it
// has to do: the first such moment is `at` in `bench.pictures`. `since` is when the browser got the mouse's
// event that asked for the picture.
//
// Where pictures come later than the frame after an input, `bench.asked(event)` says which picture an input asks
// for; it then answers that input and those before it.
(() => {
  const watched = { frames: [], pictures: [], inputs: [] };
  const bench = (window.bench = { ...watched, picture: () => null, counts: "input", asked: null });
  const channel = new MessageChannel();
  let seen = null;
  let pointer = 0; // when the last mouse event came
  let waiting = []; // inputs not answered by a picture: { at, asks }
  let asks = null; // what the last one asked for
  let unpainted = []; // pictures

  bench.clear = () => {
    for (const name of Object.keys(watched)) bench[name] = [];
    seen = bench.picture();
    waiting = [];
    if (stage()) changes.observe(stage(), { attributes: true });
  };

  const look = () => {
    const now = bench.picture();
    if (now === seen) return;
    seen = now;
    const answered = bench.asked ? waiting.findLastIndex((input) => input.asks === now) + 1 : waiting.length;
    const picture = { at: null, since: answered ? waiting[0].at : null };
    bench.pictures.push(picture);
    unpainted.push(picture);
    waiting = waiting.slice(answered);
  };
  const painted = () => {
    for (const picture of unpainted) picture.at = performance.now();
    unpainted = [];
  };
  const frame = () => {
    requestAnimationFrame(frame);
    painted(); // the frame before, if nothing has come between
    bench.frames.push({ at: performance.now(), moved: waiting.length > 0 });
    look();
    channel.port2.postMessage(null);
  };
  channel.port1.onmessage = painted;
  requestAnimationFrame(frame);

  const changes = new MutationObserver(look);
  for (const name of ["pointermove", "pointerup", "input"]) {
    addEventListener(
      name,
      (event) => {
        if (name !== "input") pointer = event.timeStamp; // an input's own is only when it was dispatched
        if (name !== bench.counts) return;
        const before = asks;
        asks = bench.asked?.(event) ?? null;
        if (bench.asked && asks === before) return; // nothing new
        bench.inputs.push(pointer);
        waiting.push({ at: pointer, asks });
      },
      true,
    );
  }

  // The stage, and whether it has drawn its first frame; the lines that Plotly draws in the baseline.
  const stage = (window.stage = () => document.querySelector('[data-testid="stage"]'));
  window.stageDrawn = () => {
    const { run, state } = stage()?.dataset ?? {};
    return Boolean(run && state !== "loading" && stage().querySelector('[data-figure="shown"]'));
  };
  window.plotlyLines = () => {
    const lines = [...document.querySelectorAll(".scatterlayer path.js-line")];
    return lines.map((line) => line.getAttribute("d")).join() || null;
  };
})();
