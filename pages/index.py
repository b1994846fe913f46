"""What all pages share: title, layout, the pages on top, the language."""

import streamlit as st

from speedup import i18n

st.set_page_config(page_title="speedup", layout="wide")

asked = st.query_params.get("lang")
if "lang" not in st.session_state:
    st.session_state.lang = i18n.language(asked, st.context.locale)
elif asked in i18n.LANGUAGES and asked != st.session_state.get("lang_in_link"):
    st.session_state.lang = asked  # another link, or Back
st.session_state.lang_in_link = asked

words = lambda key: i18n.text(st.session_state.lang, f"page.{key}")  # noqa: E731
st.html("<style>" + i18n.LOCALES.parent.joinpath("web", "page.css").read_text("utf-8") + "</style>")
pages = [st.Page("surfaces.py", title=words("surfaces"), default=True)]
st.navigation(pages, position="top").run()
