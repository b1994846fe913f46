// What the stage fetches, once each: every address holds a hash of its content, so the browser may keep it for ever.

/** @type {Map<string, Promise<any>>} */
const kept = new Map();

/**
 * Has what comes of an address loaded once.
 *
 * @template T
 * @param {string} address
 * @param {(address: string) => Promise<T>} load
 * @returns {Promise<T>}
 */
export function once(address, load) {
  const before = kept.get(address);
  if (before) return before;
  const promise = load(address);
  kept.set(address, promise);
  promise.catch(() => kept.delete(address)); // so that it can be tried again
  return promise;
}

/**
 * Gives where something is: at its address, or in a page that is one file and holds it, see host/held.html.
 *
 * @param {string} address
 */
const placeOf = async (address) => (await globalThis.held?.(address)) ?? address;

/**
 * Fetches an address; rejects unless the answer is 200.
 *
 * @param {string} address
 */
export async function ask(address) {
  const response = await fetch(await placeOf(address));
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return response;
}

/**
 * Loads JSON, once.
 *
 * @param {string} address
 */
export function loadJson(address) {
  return once(address, async () => (await ask(address)).json());
}

/**
 * Loads the tables and the words of a language, which come together.
 *
 * @param {string} base  the folder of the assets
 * @param {string} lang
 * @returns {Promise<{tables: Tables, words: Record<string, any>}>}
 */
export const loadTables = (base, lang) => loadJson(`${base}tables.${lang}.json`);

/**
 * Starts a thread, see worker.js: it runs the page's own script, which the browser has.
 *
 * @param {string} base  the folder of the assets
 */
export function startThread(base) {
  /** @type {HTMLScriptElement | null} */
  const own = document.querySelector("script[data-start]"); // Streamlit's page has none
  return new Worker(own?.src ?? `${base}speedup.js`, { name: "model/worker.js" });
}

/**
 * Loads the words of a language: loadWords("…", "en") gives words("stage.arrived", {step: 142}).
 *
 * @param {string} base  the folder of the assets
 * @param {string} lang
 * @returns {Promise<Words>}
 */
export async function loadWords(base, lang) {
  const table = (await loadTables(base, lang)).words;
  return (key, vars = {}) => {
    const text = key.split(".").reduce((/** @type {any} */ node, name) => node?.[name], table);
    if (typeof text !== "string") return key;
    return text.replace(/\{(\w+)\}/g, (/** @type {string} */ whole, /** @type {string} */ name) =>
      name in vars ? String(vars[name]) : whole,
    );
  };
}

/** @param {string} address */
export function loadStyle(address) {
  return once(address, async () => insert("link", { rel: "stylesheet", href: await placeOf(address) }));
}

/** @param {string} address */
export function loadScript(address) {
  return once(address, async () => insert("script", { src: await placeOf(address) }));
}

/**
 * @param {"link" | "script"} tag
 * @param {Record<string, string>} props
 * @returns {Promise<unknown>}
 */
function insert(tag, props) {
  const node = Object.assign(document.createElement(tag), props);
  document.head.append(node);
  return new Promise((resolve, reject) => {
    node.addEventListener("load", resolve);
    node.addEventListener("error", () => {
      node.remove();
      reject(new Error(`${props.href ?? props.src} did not load`));
    });
  });
}
