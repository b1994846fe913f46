"""The player: the stage in a plain page of its own, without Streamlit, a socket or a session.

    GET /play?page=surfaces&surface=beale&lane=adam&lang=zh     the page; with embed=1 without its bar
    GET /api/scene?page=surfaces&surface=beale&lane=adam        the scene of a link, as the stage reads it
    POST /api/scene {"page", "lang", "scene"}                   the link of a scene, as the stage has made it
    POST /api/scene {…, "change": {"field", "value"}}           the same with one of the page's settings changed

All ways the scene is answered as {"page", "lang", "scene", "query", "settings", "problems"}: `query` gives the scene back,
`settings` are rows of words/settings.py as they are shown of it, `problems` sentences about what in the link was wrong and
has its default. Of a scene the stage made nothing may be wrong. A value that a setting can't have leaves the scene as it
was, and is told as `refused` {"field", "said"}.
"""

import json
from collections.abc import Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from speedup.scenes import surfaces_scene
from speedup.scenes.looks import AS_SENT
from speedup.schema import validation
from speedup.schema.validation import SpecError
from speedup.web.answers import ASKED_ANEW, answered, refused
from speedup.web.assets import TYPES, Asset, base_path
from speedup.web.player_page import PAGES, page
from speedup.words import i18n, settings

CHOICES = {  # fields of the address that are none of the scene's
    "page": tuple(PAGES),
    "lang": i18n.LANGUAGES,
    "embed": ("0", "1"),
    "projector": ("0", "1"),
}
LARGEST = 100_000  # bytes of a scene that is sent


def routes() -> list[Route]:
    """Returns the player's routes, under Streamlit's `server.baseUrlPath`."""
    base = base_path()
    return [
        Route(f"{base}/play", get_play),
        Route(f"{base}/api/scene", get_scene),
        Route(f"{base}/api/scene", post_scene, methods=["POST"]),
    ]


async def get_play(request: Request) -> Response:
    """Answers with the page that has the scene of its address in it."""
    try:
        told, values = read(request)
    except SpecError as error:
        return refused(400, str(error), error.field)
    made = Asset(page(told, values.get("embed") == "1").encode(), "text/html; charset=utf-8")
    return await _told(request, made)


async def get_scene(request: Request) -> Response:
    """Answers with the scene of a link."""
    try:
        told, _ = read(request)
    except SpecError as error:
        return refused(400, str(error), error.field)
    return await _told(request, Asset(_json(told).encode(), TYPES[".json"]))


async def post_scene(request: Request) -> Response:
    """Answers with the link of a scene; `said` in a refusal is the sentence for people."""
    lang = i18n.DEFAULT
    try:
        sent = await _sent(request)
        lang = validation.choice("lang", sent.get("lang"), i18n.LANGUAGES)
        kind = PAGES[validation.choice("page", sent.get("page"), PAGES)]
        if not isinstance(sent.get("scene"), dict):
            raise SpecError("scene", sent.get("scene"), AS_SENT)
        told = _change(kind, kind.scene_from_json(sent["scene"]), lang, sent.get("change"))
    except SpecError as error:
        return refused(400, str(error), error.field, said=i18n.explain(error, lang, "refused"))
    return Response(_json(told), media_type=TYPES[".json"], headers={"Cache-Control": "no-store"})


def read(request: Request) -> tuple[dict, dict]:
    """Returns (what is told of the address' scene, the address' other fields). Raises SpecError if those are wrong."""
    values, fields = {}, []
    for field, text in request.query_params.multi_items():
        if field not in CHOICES:
            fields.append((field[:40], text))
        elif field in values:
            raise SpecError(field, "given twice", "once")
        else:
            values[field] = validation.choice(field, text, CHOICES[field])
    lang = values.get("lang") or i18n.language(None, request.headers.get("accept-language", "").split(",")[0])
    kind = PAGES[values.get("page", surfaces_scene.NAME)]
    found, problems = kind.read_scene(fields)
    return tell(kind, found, lang, problems), values


def tell(kind: Any, found: Any, lang: str, problems: Sequence[SpecError] = ()) -> dict:
    """Returns what the browser is told of a scene."""
    return {
        "page": kind.NAME,
        "lang": lang,
        "scene": kind.scene_json(found),
        "query": kind.scene_query(found),
        "settings": settings.all_shown(kind, found, lang),
        "problems": i18n.explain_first(problems, lang),
    }


def _change(kind, found, lang, change):
    """What is told of a scene after a change {"field", "value"} of a setting; None: there is none. Raises SpecError."""
    if change is None:
        return tell(kind, found, lang)
    if not isinstance(change, dict):
        raise SpecError("change", change, "a JSON object with field and value")
    row = settings.row(kind, change.get("field"))
    try:
        return tell(kind, kind.changed(found, row.field, change.get("value")), lang)
    except SpecError as error:
        return tell(kind, found, lang) | {"refused": {"field": row.field, "said": i18n.explain(error, lang, "refused")}}


async def _sent(request):
    """The JSON object that is sent. Raises SpecError."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST:
            raise SpecError("scene", f"{len(body)} bytes", f"at most {LARGEST} bytes")
    try:
        sent = json.loads(body)
    except (ValueError, RecursionError):
        sent = None
    if not isinstance(sent, dict):
        raise SpecError("scene", "", "a JSON object with page, lang and scene")
    return sent


async def _told(request, made):
    """An answer that depends on the browser's language, and changes with the app."""
    response = await answered(request, made, ASKED_ANEW)
    response.headers["Vary"] += ",Accept-Language"
    return response


def _json(value):
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
