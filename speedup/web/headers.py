"""What every answer says about itself: how a browser may take it, and who may show it in an iframe."""

import base64
import functools
import hashlib
import os
import re
from pathlib import Path

from streamlit import file_util

INLINE = re.compile(r"<script>(.*?)</script>", re.S)
POLICY = (  # what a page of ours may load, and from where: Streamlit runs a component's script as a module of a blob:
    "default-src 'self'; script-src 'self' blob: 'wasm-unsafe-eval' {scripts}; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; media-src 'self' data: blob:; connect-src 'self' data: blob:; "
    "worker-src 'self' blob:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors {ancestors}"
)


@functools.lru_cache(maxsize=1)
def policy() -> str:
    """Returns the Content-Security-Policy: the scripts inside Streamlit's page by their hashes, iframes by FRAME_ANCESTORS."""
    page = (Path(file_util.get_static_dir()) / "index.html").read_text("utf-8")
    hashes = (base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in INLINE.findall(page))
    ancestors = re.sub(r"[;,\s]+", " ", os.environ.get("FRAME_ANCESTORS", "")).strip() or "'self'"
    return POLICY.format(scripts=" ".join(f"'sha256-{one}'" for one in hashes), ancestors=ancestors)


@functools.lru_cache(maxsize=1)
def common() -> dict[bytes, bytes]:
    """Returns {name: value} of the headers that every answer has."""
    return {
        b"content-security-policy": policy().encode("ascii", "ignore"),
        b"referrer-policy": b"same-origin",
        b"x-content-type-options": b"nosniff",
    }


def completed(headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """Returns an answer's headers with the common ones, and with one Vary that names each header once."""
    kept, varying = [], {b"accept-encoding": b"Accept-Encoding"}
    for name, value in headers:
        name = name.lower()
        if name == b"vary":
            varying |= {one.strip().lower(): one.strip() for one in value.split(b",") if one.strip()}
        elif name not in common():
            kept.append((name, value))
    return [*kept, *common().items(), (b"vary", b", ".join(varying.values()))]
