"""Below the stage: how a race has ended, the chosen lane's optimizer as formula and code."""

import streamlit as st

from speedup.race.race import RaceSpec, race, simulate
from speedup.schema.parameters import Optimizer
from speedup.web import preparing
from speedup.words import i18n, results


def ended(spec: RaceSpec, lang: str) -> None:
    """Shows how each lane ended. As long as the server is still preparing the kernel it says so instead: nothing waits for it."""
    if preparing.seconds_without(race) is None:
        st.markdown(results.table(simulate(spec), lang))
    else:
        _prepared(lang)


@st.fragment(run_every=1)
def _prepared(lang):
    """Counts the seconds, and runs the page again in the end."""
    seconds = preparing.seconds_without(race)
    if seconds is None:
        st.rerun()
    st.caption(i18n.text(lang, "page.preparing", seconds=seconds))


def explained(row: Optimizer, lang: str) -> None:
    """Shows name, formula, source and code of a row of OPTIMIZERS."""
    st.subheader(row.label)
    formula, code = st.columns([2, 3])
    with formula:
        st.latex(results.formula(row))
        st.caption(i18n.text(lang, "page.source", source=row.source))
    with code:
        st.code(results.code(row), language="python", wrap_lines=True)
