"""What all pages share: title, layout, the pages on top, the language."""

import streamlit as st

from speedup.web import address_sync, widgets
from speedup.web.assets import page_style
from speedup.words import i18n

st.set_page_config(page_title="speedup", layout="wide")

widgets.begin()
asked = st.query_params.get("lang")
if "lang" not in st.session_state:
    st.session_state.lang = i18n.language(asked, st.context.locale)
elif asked in i18n.LANGUAGES and asked != st.session_state.get("lang_in_link"):
    st.session_state.lang = asked  # another link, or Back
st.session_state.lang_in_link = asked

words = lambda key: i18n.text(st.session_state.lang, f"page.{key}")
pages = [
    st.Page("surfaces.py", title=words("surfaces"), default=True),
    st.Page("network.py", title=words("network")),
    st.Page("lesson.py", title=words("lesson")),
]
page = st.navigation(pages, position="top")
st.html(page_style(sidebar=page.url_path != "lesson", names=not st.context.is_embedded))
with st.container(key="head"):
    with st.container(key="languages"):  # at the top of the window, beside the pages' names
        address_sync.language_switch(st.session_state.lang)
    with st.container(key="pages", horizontal=True, gap=None):  # their names again: on a phone the sidebar alone has them
        for one in pages:
            st.page_link(one)
widgets.end()
page.run()
