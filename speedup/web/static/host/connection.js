// Streamlit's link to the server, which Streamlit tells no component about.

/** Calls changed(connected) whenever the link is lost or back. Returns how to stop that.
    While it is lost, Streamlit opens a dialog that locks the whole page: it is closed, for the stage goes on. */
export function watchConnection(changed) {
  const app = document.querySelector("[data-testid=stApp]");
  const connected = () => app.dataset.testConnectionState === "CONNECTED";
  const link = new MutationObserver(() => changed(connected()));
  link.observe(app, { attributes: true, attributeFilter: ["data-test-connection-state"] });
  const dialogs = new MutationObserver(() => {
    if (!connected()) document.querySelector("[data-testid=stDialog] button")?.click();
  });
  dialogs.observe(document.body, { childList: true });
  return () => {
    link.disconnect();
    dialogs.disconnect();
  };
}
