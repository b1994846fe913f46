/** Opens a link of the app in this page: Streamlit takes it for Back or Forward, and loads nothing anew. */
export function visit(link) {
  history.pushState({}, "", link);
  dispatchEvent(new PopStateEvent("popstate", { state: {} }));
}
