// Streamlit's link to the server, which Streamlit tells no component about.

const DIALOG = "[data-testid=stDialog] button";

/**
 * Calls changed(connected) whenever the link is lost or back. Returns how to stop that.
 * While it is lost, Streamlit opens a dialog that locks the whole page: it is closed, for the stage goes on.
 *
 * @param {(connected: boolean) => void} changed
 */
export function watchConnection(changed) {
  const app = /** @type {HTMLElement} */ (document.querySelector("[data-testid=stApp]"));
  const connected = () => app.dataset.testConnectionState === "CONNECTED";
  const link = new MutationObserver(() => changed(connected()));
  link.observe(app, { attributes: true, attributeFilter: ["data-test-connection-state"] });
  const dialogs = new MutationObserver(() => {
    if (!connected()) /** @type {HTMLElement | null} */ (document.querySelector(DIALOG))?.click();
  });
  dialogs.observe(document.body, { childList: true });
  return () => {
    link.disconnect();
    dialogs.disconnect();
  };
}
