"""Below the stage: the chosen lane's optimizer as formula and code."""

import streamlit as st

from speedup.schema.parameters import Optimizer
from speedup.words import i18n, results


def explained(row: Optimizer, lang: str) -> None:
    """Shows name, formula, source and code of a row of OPTIMIZERS."""
    st.subheader(row.label)
    formula, code = st.columns([2, 3])
    with formula:
        st.latex(results.formula(row))
        st.caption(i18n.text(lang, "page.source", source=row.source))
    with code:
        st.code(results.code(row), language="python", wrap_lines=True)
