"""How the server's own addresses answer: what is kept, gzipped, known to the browser already, or refused."""

import functools

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from speedup.web.assets import Asset

FOREVER = "public, max-age=31536000, immutable"
A_DAY = "public, max-age=86400"
ASKED_ANEW = "no-cache"  # kept, but used only after the server has said that it is still the same


async def answered(request: Request, asset: Asset, cache: str) -> Response:
    """Returns the asset, gzipped for whoever takes that, or 304 if the browser has it."""
    # Read as Streamlit's gzip reads it: that would zip again what is sent plain to someone who takes gzip.
    zipped = "gzip" in request.headers.get("accept-encoding", "")
    etag = f'"{asset.hash}-gzip"' if zipped else f'"{asset.hash}"'
    headers = {"Cache-Control": cache, "ETag": etag, "Vary": "Accept-Encoding"}
    known = {one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")}
    if known & {etag, "*"}:
        return Response(status_code=304, headers=headers)
    if zipped:
        headers["Content-Encoding"] = "gzip"
    body = await to_thread.run_sync(lambda: asset.gzipped) if zipped else asset.body
    return Response(body, headers=headers, media_type=asset.media_type)


def refused(status: int, message: str, field: str, **more: str) -> JSONResponse:
    """Says what is wrong with a request, and with which field of it."""
    return JSONResponse({"error": message, "field": field} | more, status, headers={"Cache-Control": "no-store"})


@functools.cache
def limiter(kind: str) -> CapacityLimiter:
    """Returns one for each kind of work, so that nobody waits behind another kind's queue; made in the event loop it serves.

    It lets one work at once: more would only slow each other and the pages down.
    """
    return CapacityLimiter(1)
