"""A link as a QR code."""

import io
from urllib.parse import urlsplit

import segno

from speedup.schema.validation import SpecError

LONGEST = 2953  # bytes, all that the largest QR code holds
LONG = 300  # characters, of which looking for the best of eight masks takes 10 ms
QUIET = 4  # modules of white around it, as the standard wants


def check(link: str) -> None:
    """Raises SpecError for what is no link as browsers write them, or too long for any QR code."""
    if len(link) > LONGEST:
        raise SpecError("link", link, f"at most {LONGEST} characters")
    try:
        parts = urlsplit(link)
        good = parts.scheme in ("http", "https") and parts.hostname
    except ValueError:
        good = False
    if not good or not link.isascii() or not link.isprintable() or " " in link:
        raise SpecError("link", link, "an address that begins with http:// or https://")


def draw(link: str) -> bytes:
    """Draws the link's QR code as SVG, one unit a module: dark on white whatever the theme, since readers want that."""
    check(link)
    drawn = io.BytesIO()
    mask = None if len(link) <= LONG else 3  # the best mask would be four fifths of the work; readers want none of them
    code = segno.make(link, error="l", micro=False, mask=mask)  # segno takes a better correction where that costs no room
    code.save(drawn, kind="svg", border=QUIET, dark="#000", light="#fff", unit="px", xmldecl=False, nl=False)
    return drawn.getvalue()
