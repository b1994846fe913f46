/** Building and updating elements. Data become text nodes and attributes, never markup. */

const SVG = "http://www.w3.org/2000/svg";

/**
 * @typedef {Node | string | null | undefined} Child
 * @typedef {Record<string, unknown> | null | undefined} Props  what `put` takes by name, listeners as onclick, onkeydown …
 */

/**
 * Makes an element. el("button", {class: "play", onclick: f}, "text", child): a function listens, true is a bare attribute.
 *
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Props} [props]
 * @param {...(Child | Child[] | Child[][])} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function el(tag, props, ...children) {
  return fill(document.createElement(tag), props, children);
}

/**
 * Makes the same in SVG's namespace.
 *
 * @template {keyof SVGElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Props} [props]
 * @param {...(Child | Child[])} children
 * @returns {SVGElementTagNameMap[Tag]}
 */
export function svg(tag, props, ...children) {
  return fill(document.createElementNS(SVG, tag), props, children);
}

/**
 * @template {Element} E
 * @param {E} node
 * @param {Props} props
 * @param {(Child | Child[] | Child[][])[]} children
 */
function fill(node, props, children) {
  for (const [name, value] of Object.entries(props ?? {})) {
    if (typeof value === "function") node.addEventListener(name.slice(2), /** @type {EventListener} */ (value));
    else put(node, name, value);
  }
  node.append(...children.flat(2).filter((child) => child !== null && child !== undefined));
  return node;
}

/**
 * Sets an attribute, with "text" the content, with "--name" that property of its style; touches the page only where it differs.
 *
 * @param {Element} node
 * @param {string} name
 * @param {unknown} value  false, null and undefined take the attribute away
 */
export function put(node, name, value) {
  if (name === "text") {
    write(node, String(value ?? ""));
  } else if (name.startsWith("--")) {
    const { style } = /** @type {HTMLElement} */ (node);
    if (style.getPropertyValue(name) !== String(value)) style.setProperty(name, String(value));
  } else if (value === false || value === null || value === undefined) {
    node.removeAttribute(name);
  } else {
    const text = value === true ? "" : String(value);
    if (node.getAttribute(name) !== text) node.setAttribute(name, text);
  }
}

/**
 * Writes into the text node that is there: a new one at each frame would be a new piece of the page each time.
 *
 * @param {Element} node
 * @param {string} text
 */
function write(node, text) {
  const own = node.firstChild;
  if (node.textContent === text) return;
  if (own instanceof Text && !own.nextSibling) own.data = text;
  else node.textContent = text;
}

/**
 * Gives a node `count` children, which `make()` makes where they are missing; returns them.
 *
 * @template {Element} Child
 * @param {Element} node
 * @param {number} count
 * @param {() => Child} make
 */
export function grow(node, count, make) {
  while (node.children.length > count) /** @type {ChildNode} */ (node.lastChild).remove();
  while (node.children.length < count) node.append(make());
  return /** @type {Child[]} */ ([...node.children]);
}

/**
 * A button that a mouse does not focus, so that the space bar goes on meaning play after a click.
 * What had the focus loses it, as it would to any button: a number typed there is committed.
 *
 * @param {Props} props
 * @param {...(Child | Child[])} children
 */
export function button(props, ...children) {
  const onmousedown = (/** @type {Event} */ event) => {
    event.preventDefault();
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  };
  return el("button", { type: "button", onmousedown, ...props }, ...children);
}

/**
 * Makes a picture for a button: the outline of a 24 × 24 path, or filled.
 *
 * @param {string} path
 */
export function icon(path, filled = false) {
  const outline = { fill: "none", stroke: "currentColor", "stroke-width": 2 };
  const paint = filled ? { fill: "currentColor" } : outline;
  const line = svg("path", { d: path, ...paint, "stroke-linecap": "round", "stroke-linejoin": "round" });
  return svg("svg", { viewBox: "0 0 24 24", class: "icon", "aria-hidden": "true" }, line);
}

/**
 * Shows the stage alone on the screen, or back in its page.
 *
 * @param {HTMLElement} root
 */
export function toggleFullScreen(root) {
  if (document.fullscreenElement) document.exitFullscreen();
  else root.requestFullscreen?.().catch(() => {}); // a browser may refuse; the page stays as it is
}
