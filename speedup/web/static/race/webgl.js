/** Whether a relief can be drawn here: old graphics cards, virtual machines and locked-down computers have no WebGL. */

const SOFTWARE = /swiftshader|llvmpipe|softpipe|software|basic render/i; // as browsers name it
const MOST_LOST = 3; // times that a graphics card is taken away before the page gives up
/** @type {boolean | null} */
let able = null; // not asked yet
let lost = 0;
let software = false;

/** Asks the browser once; giving up is for as long as the page is open. */
export function hasRelief() {
  able ??= asks();
  return able;
}

/** Takes note that a relief could not be drawn though the browser had promised it. */
export function giveUpRelief() {
  able = false;
}

/** Takes note that the graphics card was taken away: the browser is asked again, as long as that is not the rule. */
export function loseRelief() {
  lost += 1;
  able = lost < MOST_LOST ? null : false;
}

/** Whether there is no graphics card, and WebGL is a program that the processor runs. */
export const isSoftware = () => hasRelief() && software;

function asks() {
  try {
    const pen = document.createElement("canvas").getContext("webgl");
    const said = pen?.getExtension("WEBGL_debug_renderer_info")?.UNMASKED_RENDERER_WEBGL;
    software = SOFTWARE.test(pen?.getParameter(said ?? pen.RENDERER) ?? "");
    pen?.getExtension("WEBGL_lose_context")?.loseContext(); // browsers allow only a few at a time
    return Boolean(pen);
  } catch {
    return false;
  }
}
