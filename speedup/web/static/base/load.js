// What the stage fetches, once each: every address holds a hash of its content, so the browser may keep it for ever.

/** What a page that is one file holds itself: address -> where it is (offline.js fills it); empty in the app. */
export const held = new Map();

const kept = new Map(); // address -> promise

function once(address, load) {
  if (!kept.has(address)) {
    const promise = load(address);
    kept.set(address, promise);
    promise.catch(() => kept.delete(address)); // so that it can be tried again
  }
  return kept.get(address);
}

/** fetch(address) that rejects unless the answer is 200; what is held is held whatever its query. */
export async function ask(address) {
  const response = await fetch(held.get(address.split("?")[0]) ?? address);
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return response;
}

export function loadJson(address) {
  return once(address, async () => (await ask(address)).json());
}

/** The thread that trains, see worker.js. Held, it is no module: a page on a disk could not load what that imports. */
export function startThread(base) {
  const address = `${base}model/worker.js`;
  return held.has(address) ? new Worker(held.get(address)) : new Worker(address, { type: "module" });
}

/** A function (key, vars) -> text: loadWords("…", "en") gives words("stage.arrived", {step: 142}). */
export async function loadWords(base, lang) {
  const table = await loadJson(`${base}words.${lang}.json`);
  return (key, vars = {}) => {
    const text = key.split(".").reduce((node, name) => node?.[name], table);
    if (typeof text !== "string") return key;
    return text.replace(/\{(\w+)\}/g, (whole, name) => (name in vars ? String(vars[name]) : whole));
  };
}

export function loadStyle(address) {
  return once(address, () => insert("link", { rel: "stylesheet", href: held.get(address) ?? address }));
}

export function loadScript(address) {
  return once(address, () => insert("script", { src: held.get(address) ?? address }));
}

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
