// What the stage fetches, once each: every address holds a hash of its content, so the browser may keep it for ever.

const kept = new Map(); // address -> promise

function once(address, load) {
  if (!kept.has(address)) {
    const promise = load(address);
    kept.set(address, promise);
    promise.catch(() => kept.delete(address)); // so that it can be tried again
  }
  return kept.get(address);
}

export function loadJson(address) {
  return once(address, async () => {
    const response = await fetch(address);
    if (!response.ok) throw new Error(`${address}: ${response.status}`);
    return response.json();
  });
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
  return once(address, () => insert("link", { rel: "stylesheet", href: address }));
}

export function loadScript(address) {
  return once(address, () => insert("script", { src: address }));
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
