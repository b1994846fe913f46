"""What one run of a page leaves to the next of the same visitor, kept as one value.

A newer request stops a run at whatever use of Streamlit's state it comes to. Values that belong together may not be set one
by one: half of them would stay behind, a scene of one page under the name of another.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import streamlit as st

Address = tuple[tuple[str, str], ...]  # (field, text), sorted


@dataclass(frozen=True)
class Session:
    """A visitor's page and scene, what is wrong with it, and how far the address and the stage know of it.

    `page` is a kind's NAME, "" at first. `seen` are the addresses that were shown or written last, `behind` says that the
    browser may not have the newest. `kept` has the scenes of the other pages. `commits` is the id of each stage's last commit,
    `lines` the serials of the scenes that only its own commits lie between, `own` says that the scene is a commit's.
    """

    page: str = ""
    scene: Any = None
    problems: Sequence[Any] = ()
    written: Address = ()
    seen: tuple[Address, ...] = ()
    behind: bool = False
    kept: Mapping[str, Any] = field(default_factory=dict)
    commits: Mapping[str, str | None] = field(default_factory=dict)
    lines: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    own: bool = False


def session() -> Session:
    """Returns what the last run has left."""
    found: Session | None = st.session_state.get("session")
    return found or Session()


def scene() -> Any:
    """Returns the scene that the page is to show."""
    return session().scene


def leave(**changes: Any) -> None:
    """Leaves the session with these fields changed, all of them or none."""
    st.session_state.session = replace(session(), **changes)
