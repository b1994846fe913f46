"""How the server answers by itself: with an asset, or with a refusal in JSON."""

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from speedup.web.assets import Asset


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


def refused(status: int, message: str, field: str) -> JSONResponse:
    """Says what is wrong, and with which field of the request."""
    return JSONResponse({"error": message, "field": field}, status, headers={"Cache-Control": "no-store"})
