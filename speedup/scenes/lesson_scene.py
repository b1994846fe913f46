"""The scene of the lesson page: which of its scenes is told, and what its stage shows. Its query string is the page's.

scene=slope                                    as the lesson has it
scene=slope&surface=long_valley&start=…&…      changed: with all fields of the page that the stage is of
"""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from speedup.lane import Lane
from speedup.scenes import network_scene, surfaces_scene
from speedup.scenes.lesson import TELLINGS
from speedup.scenes.network_scene import NetworkScene
from speedup.scenes.surfaces_scene import Scene
from speedup.scenes.texts import Pairs
from speedup.schema import validation
from speedup.schema.validation import SpecError

NAME = "lesson"  # of the page
FIRST = next(iter(TELLINGS))


@dataclass(frozen=True)
class LessonScene:
    """`at`: a name in TELLINGS; `shown`: what its stage shows."""

    at: str
    shown: Scene | NetworkScene

    @property
    def lanes(self) -> tuple[Lane, ...]:
        """The lanes of the race or training."""
        return self.shown.lanes

    @property
    def chosen(self) -> int:
        """The lane explained below the stage."""
        return self.shown.chosen


def kind_of(at: str) -> Any:
    """Returns the module that reads and writes what is shown at a scene of the lesson: `surfaces_scene` or `network_scene`."""
    return network_scene if isinstance(TELLINGS[at].scene, NetworkScene) else surfaces_scene


def told(at: str) -> LessonScene:
    """Returns a scene as the lesson tells it."""
    return LessonScene(at, TELLINGS[at].scene)


def default_scene() -> LessonScene:
    """Returns what the page opens with."""
    return told(FIRST)


def read_scene(pairs: Pairs) -> tuple[LessonScene, list[SpecError]]:
    """Returns (LessonScene, problems) of the pairs of a query string: what is missing or wrong has its default."""
    at, problems = FIRST, []
    named = [text for field, text in pairs if field == "scene"]
    rest = [(field, text) for field, text in pairs if field != "scene"]
    for text in named[:1]:
        try:
            at = validation.choice("scene", text, TELLINGS)
        except SpecError as problem:
            return told(FIRST), [problem]  # the other fields are of a scene that isn't known
    if len(named) > 1:
        problems = [SpecError("scene", named[1], "given once")]
    if not rest:
        return told(at), problems
    shown, more = kind_of(at).read_scene(rest)
    return LessonScene(at, shown), problems + more


def scene_fields(now: LessonScene) -> Pairs:
    """Returns [(field, text), ...] of a scene; `read_scene` gives the same scene back."""
    own = now.shown == TELLINGS[now.at].scene
    return [("scene", now.at)] + ([] if own else kind_of(now.at).scene_fields(now.shown))


def scene_query(now: LessonScene) -> str:
    """Returns the query string of a scene."""
    return urlencode(scene_fields(now), safe=",:")


def scene_json(now: LessonScene) -> dict[str, Any]:
    """Returns the scene as the stage reads it."""
    return kind_of(now.at).scene_json(now.shown) | {"at": now.at}


def scene_from_json(value: dict[str, Any]) -> LessonScene:
    """Reads the scene that the stage has sent. Raises SpecError: it comes from a browser, so nothing in it is believed."""
    at = validation.choice("scene", value.get("at"), TELLINGS)
    return LessonScene(at, kind_of(at).scene_from_json(value))


def merge(now: LessonScene, sent: LessonScene) -> LessonScene:
    """Returns the one sent: no widget changes a scene of the lesson."""
    return sent


def plain() -> dict[str, dict[str, Any]]:
    """Returns {name: {kind, scene, query, …}}: the lesson as the stage reads it; `query` opens the scene on its kind's page."""
    return {
        name: {
            "kind": kind_of(name).NAME,
            "scene": kind_of(name).scene_json(row.scene),
            "query": kind_of(name).scene_query(row.scene),
            "chapter": list(row.chapter),
            "pytorch": list(row.pytorch),
            "question": row.question,
            "move": list(row.move),
            "why": row.why,
            "tried": kind_of(name).scene_json(row.tried),
        }
        for name, row in TELLINGS.items()
    }
