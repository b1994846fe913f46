// Streamlit's theme, as its CSS variables say it: light or dark, and the colours of text and background.

const PROBE = 500; // milliseconds: Streamlit gives no event when the user switches the theme

/**
 * Calls back now and after every switch. Returns {look(), which does so at once, stop()}.
 *
 * @param {HTMLElement} root
 * @param {(now: {theme: "light" | "dark", colours: Colours}) => void} changed
 */
export function watchTheme(root, changed) {
  let last = "";
  const look = () => {
    const style = getComputedStyle(root);
    const value = (/** @type {string} */ name) => style.getPropertyValue(`--st-${name}`).trim();
    const background = value("background-color") || "#ffffff";
    const theme = luminance(background) < 0.5 ? "dark" : "light";
    root.dataset.theme = theme;
    const colours = {
      text: value("text-color") || "#222222",
      background,
      line: value("border-color") || "#cccccc",
      faint: style.getPropertyValue("--faint").trim(), // stage.css has it, for each theme
    };
    const now = JSON.stringify(colours);
    if (now === last) return;
    last = now;
    changed({ theme, colours });
  };
  look();
  const timer = setInterval(look, PROBE);
  return { look, stop: () => clearInterval(timer) };
}

/** @param {string} colour  any that CSS knows */
function luminance(colour) {
  const pen = /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d"));
  pen.fillStyle = colour; // read back as #rrggbb
  const text = pen.fillStyle;
  const [r, g, b] = [1, 3, 5].map((at) => parseInt(text.slice(at, at + 2), 16) / 255);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
