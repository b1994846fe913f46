"""The server's own addresses: data, files and the stage's assets. All but one are pure functions of their address.

    GET /api/data?dataset=spiral&samples=500&noise=0.1&test=0.2&seed=0      what a network learns, as safetensors
    GET /api/python?page=surfaces&surface=beale&lane=adam&lang=zh           a scene as a script with PyTorch
    GET /api/page?page=surfaces&surface=beale&lane=adam&lang=zh             a scene as one HTML file, to be kept
    GET /api/qr?link=http://192.168.1.5:8501/?surface=beale                 a link's QR code, as SVG
    GET /play, GET and POST /api/scene                                      see `speedup.web.player`
    GET /api/address                                                        see `speedup.web.lan_address`; not kept
    GET /assets/<version>/<name>                                            see `speedup.web.assets`

A query is checked before any work is done; what is wrong with it gets 400 and {"error", "field"}.
"""

import functools
from collections.abc import Callable, Iterable
from typing import Any

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from speedup.export.script import filename, race_script, training_script
from speedup.scenes.query import DATA_FIELDS, read_training
from speedup.schema import validation
from speedup.schema.validation import SpecError
from speedup.web import data, lan_address, offline, player, qr
from speedup.web.answers import A_DAY, FOREVER, answered, limiter, refused
from speedup.web.assets import Asset, assets, base_path, version
from speedup.web.player_page import PAGES
from speedup.words import i18n

CHOICES = {  # the first is the default
    "page": tuple(PAGES),
    "lang": tuple(sorted(i18n.LANGUAGES, key=lambda lang: lang != i18n.DEFAULT)),
}
DATA_PARAMETERS = (*DATA_FIELDS, "version")
SCENE_PARAMETERS = ("page", "lang", "version")  # besides those of the page's scene
SCRIPTS: dict[str, Callable[[Any, str], str]] = {"surfaces": race_script, "network": training_script}
QR_PARAMETERS = ("link",)
LONGEST = 200  # characters of a value: far more than any needs


def routes() -> list[Route]:
    """Returns all routes, under Streamlit's `server.baseUrlPath`, which it does not add to them itself."""
    base = base_path()
    return [
        *player.routes(),
        Route(f"{base}/api/data", get_data),
        Route(f"{base}/api/python", get_python),
        Route(f"{base}/api/page", get_page),
        Route(f"{base}/api/qr", get_qr),
        Route(f"{base}/api/address", get_address),
        Route(f"{base}/assets/{{version}}/{{name:path}}", get_asset),
        Route(f"{base}/api/{{rest:path}}", get_nothing),  # else Streamlit would answer with its page
        Route(f"{base}/assets/{{rest:path}}", get_nothing),
    ]


async def get_asset(request: Request) -> Response:
    """Answers with an asset by its name; 404 for another version's, whose modules would not fit these."""
    name = request.path_params["name"]
    if request.path_params["version"] != version():
        return refused(404, "these files are of another version: reload the page", "version")
    if name not in assets():
        return refused(404, "there is no such file", "name")
    return await answered(request, assets()[name], FOREVER)


async def get_data(request: Request) -> Response:
    """Answers with a dataset; what is left out is the tutorial's."""
    try:
        values = _checked(request.query_params.multi_items(), DATA_PARAMETERS)
        spec, problems = read_training([(name, values[name]) for name in DATA_FIELDS if name in values])
        if problems:
            raise problems[0]
    except SpecError as error:
        return refused(400, str(error), error.field)
    made = await to_thread.run_sync(_data, *(getattr(spec, name) for name in DATA_FIELDS), limiter=limiter("data"))
    return await answered(request, made, FOREVER if values.get("version") == version() else A_DAY)


async def get_python(request: Request) -> Response:
    """Answers with a scene as a script to download, its comments in the language `lang`."""
    return await _download(request, _script, lambda page, shown: filename(shown), SCRIPTS)


async def get_page(request: Request) -> Response:
    """Answers with a scene as a file that needs no server."""
    return await _download(request, offline.file, offline.filename, PAGES)


async def _download(request: Request, make: Callable, name: Callable, pages: Iterable[str]) -> Response:
    """make(page, scene, lang), an Asset, of the scene in the address, of one of `pages`, to be kept as name(page, scene)."""
    items = request.query_params.multi_items()
    fields = [(field[:40], text) for field, text in items if field not in SCENE_PARAMETERS]
    try:
        values = _checked([item for item in items if item[0] in SCENE_PARAMETERS], SCENE_PARAMETERS)
        kind = PAGES[validation.choice("page", values["page"], tuple(pages))]
        shown, problems = await to_thread.run_sync(kind.read_scene, fields, limiter=limiter("read"))
        if problems:
            raise problems[0]  # a file has the scene that is meant
    except SpecError as error:
        return refused(400, str(error), error.field)
    made = await to_thread.run_sync(make, values["page"], shown, values["lang"], limiter=limiter(make.__name__))
    answer = await answered(request, made, FOREVER if values.get("version") == version() else A_DAY)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name(values["page"], shown)}"'
    return answer


async def get_qr(request: Request) -> Response:
    """Answers with the QR code of a link, drawn by a module a pixel; the link is only read, never asked for."""
    try:
        values = _checked(request.query_params.multi_items(), QR_PARAMETERS, qr.LONGEST)
        qr.check(values["link"])
    except SpecError as error:
        return refused(400, str(error), error.field)
    drawn = await to_thread.run_sync(_qr, values["link"], limiter=limiter("qr"))
    return await answered(request, drawn, A_DAY)


async def get_address(request: Request) -> Response:
    """Tells whether other devices can open the app, and where: a matter of the moment, for the machine may change networks."""
    return JSONResponse(await to_thread.run_sync(lan_address.known), headers={"Cache-Control": "no-store"})


async def get_nothing(request: Request) -> Response:
    """Refuses whatever else is asked for under our prefixes."""
    return refused(404, "there is no such address", "path")


def _checked(items: list[tuple[str, str]], names: tuple[str, ...], longest: int = LONGEST) -> dict[str, str]:
    """The query with its defaults. Raises SpecError for what is unknown, repeated, too long or missing."""
    values = {}
    for name, value in items:
        if name not in names:
            raise SpecError(name[:40], value[:40], f"a parameter out of {', '.join(names)}")
        if name in values:
            raise SpecError(name, "given twice", "once")
        if len(value) > longest:
            raise SpecError(name, value[:40] + "…", f"at most {longest} characters")
        if value not in CHOICES.get(name, (value,)):
            raise SpecError(name, value[:40], "one of " + ", ".join(CHOICES[name]))
        values[name] = value
    if names[0] not in values:
        raise SpecError(names[0], "", f"a {names[0]}")
    return {name: choices[0] for name, choices in CHOICES.items() if name in names} | values


@functools.lru_cache(maxsize=64)
def _data(*values: Any) -> Asset:
    made = Asset(data.tensors(*values), "application/octet-stream")
    made.gzipped  # noqa: B018
    return made


@functools.lru_cache(maxsize=64)
def _script(page: str, shown: Any, lang: str) -> Asset:
    made = Asset(SCRIPTS[page](shown, lang).encode(), "text/x-python; charset=utf-8")
    made.gzipped  # noqa: B018
    return made


@functools.lru_cache(maxsize=64)
def _qr(link: str) -> Asset:
    drawn = Asset(qr.draw(link), "image/svg+xml")
    drawn.gzipped  # noqa: B018
    return drawn
