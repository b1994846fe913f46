/**
 * What is around a stage: it hands scenes in by `stage.receive`, takes commits out, and knows the address. Streamlit
 * (mount.js), the player (player.js) and a page that is one file (offline.js) are hosts.
 *
 * @typedef {object} Host
 * @property {{figure: Function | null} | null} offline  what a file has instead of a server; null where there is one
 * @property {(commit: {id: string, after: string, scene: object}) => void} send  takes what was changed here; the answer is data with the same id
 * @property {() => Promise<boolean>} alive  whether the server answers
 * @property {(changed: (connected: boolean) => void) => () => void} watch  says when the server is lost or back; returns what ends that
 * @property {() => {page: string, query: URLSearchParams}} place  the page, and the scene in its address; no fields: the default scene
 * @property {(page: string, query: string) => string} path  where a page shows a scene, relative to the app's folder
 * @property {() => Element | null} scroller  what scrolls the stage
 * @property {() => void} makeRoom  gives the stage what room there is to be had
 * @property {(address: string) => void} enter  puts an address into the browser's history
 * @property {(link: string) => void} visit  opens a link of the app in this page
 */

const PAGE_WIDE = ["lang", "projector", "page", "embed"]; // fields of an address that are no part of its scene

/** The scene's fields of the address that is open. */
export function fieldsOfScene() {
  const query = new URLSearchParams(location.search);
  for (const field of PAGE_WIDE) query.delete(field);
  return query;
}

/** Whether the server of the app in a folder answers. */
export const answers = (home) => fetch(new URL("_stcore/health", home), { cache: "no-store" }).then((response) => response.ok);
