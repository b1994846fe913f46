"""Below the stage: the chosen lane's optimizer as formula and code."""

import streamlit as st

from speedup.words import i18n
from speedup.words import results


def explained(row, lang: str) -> None:
    """Name, formula, source and code of a row of OPTIMIZERS."""
    st.subheader(row.label)
    formula, code = st.columns([2, 3])
    with formula:
        st.latex(results.formula(row))
        st.caption(i18n.text(lang, "page.source", source=row.source))
    with code:
        st.code(results.code(row), language="python", wrap_lines=True)
