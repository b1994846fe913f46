"""The server in a checkout. `python app.py` takes HOST and PORT from the environment; `streamlit run app.py` works too."""

import os

import streamlit as st

from speedup.web import server, settings

if __name__ == "__main__":  # `streamlit run` reads them itself
    settings.apply()

app = st.App(server.PAGE, **server.parts())  # `streamlit run` looks for such a line before it runs this

if __name__ == "__main__":
    server.serve(app, os.environ.get("HOST") or "127.0.0.1", os.environ.get("PORT") or "8501")
