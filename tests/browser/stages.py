"""The pages that have a stage, for tests of what holds on all of them, and what is measured there."""

# name -> (page, query); on the lesson's pages the stage shares the window with words, and keeps its end to itself at first
STAGES = {
    "surfaces": ("", ""),
    "relief": ("", "view=3d"),
    "network": ("network", ""),
    "plane": ("network", "dataset=circle&hidden=4"),
}
PAGES = STAGES | {"lesson": ("lesson", "scene=shoes"), "lesson of a net": ("lesson", "scene=which")}

# Every element with text of its own that is to be seen, and what canvases write: {text, size, colour, behind (from the
# front to the back)}.
TEXTS = """() => {
  const behind = (node) => {
    const layers = [];
    for (let at = node; at; at = at.parentElement) layers.push(getComputedStyle(at).backgroundColor);
    return layers;
  };
  const strength = (node) => {
    let all = 1;
    for (let at = node; at; at = at.parentElement) all *= Number(getComputedStyle(at).opacity);
    return all;
  };
  const found = [];
  for (const node of document.querySelectorAll("body *")) {
    const own = [...node.childNodes].filter((child) => child.nodeType === 3 && child.data.trim());
    const { width, height } = node.getBoundingClientRect();
    if (!own.length || width <= 2 || height <= 2 || node.closest(".unseen, option, style, script")) continue;
    if (!node.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    if (node.closest("[data-testid=stIconMaterial], .katex-mathml, .vlist-s, :disabled")) continue;
    const style = getComputedStyle(node);
    found.push({ text: own.map(({ data }) => data.trim()).join(" "), size: parseFloat(style.fontSize),
      colour: node instanceof SVGElement ? style.fill : style.color, behind: behind(node), strength: strength(node) });
  }
  return found;
}"""
# To be called before the page is opened: takes down what canvases write and how wide their lines are.
DRAWN = """() => {
  window.written = new Map();
  window.lines = [];
  const pen = CanvasRenderingContext2D.prototype;
  const { fillText, stroke } = pen;
  pen.fillText = function (text, ...at) {
    if (this.canvas.isConnected || !this.canvas.className) {
      window.written.set(text, { text, size: parseFloat(this.font.match(/([\\d.]+)px/)[1]), colour: this.fillStyle,
        rim: this.lineJoin === "round" ? this.strokeStyle : null, strength: this.globalAlpha });
    }
    return fillText.call(this, text, ...at);
  };
  pen.stroke = function (...path) {
    if (!path.length && this.canvas.closest?.(".map")) window.lines.push([this.strokeStyle, this.lineWidth]);
    return stroke.call(this, ...path);
  };
}"""


def contrast(one, other):
    """Of two colours (red, green, blue), 1 to 21, as WCAG 2 defines it."""

    def luminance(colour):
        parts = [part / 255 for part in colour[:3]]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)
