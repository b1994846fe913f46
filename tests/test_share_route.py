"""QR codes of links, read back by a reader that isn't ours, and the address under which others reach the server."""

import re
from urllib.parse import quote
from urllib.request import urlopen
from xml.etree import ElementTree

import pytest
import zxingcpp
from PIL import Image, ImageDraw

from speedup.web import lan_address

LINK = "http://192.168.1.5:8501/?surface=long_valley,condition:40&lane=adam,lr:0.2&lane=sgd,lr:0.01&lang=en"
LONGEST = 2953  # characters: what ISO/IEC 18004 gives a version 40-L code in byte mode
SCALE = 3


def qr(server, link, **headers):
    return server.ask(f"/api/qr?link={quote(link, safe='')}", **headers)


def painted(svg):
    """The picture that an SVG of one filled square and one path of horizontal strokes describes."""
    root = ElementTree.fromstring(svg)
    _, _, width, height = map(int, root.get("viewBox").split())
    ground, strokes = root
    assert ground.get("d") == f"M0 0h{width}v{height}h-{width}z"
    picture = Image.new("RGB", (width, height), ground.get("fill"))
    draw, x, y = ImageDraw.Draw(picture), 0.0, 0.0
    for command, numbers in re.findall(r"([Mmh])([^Mmh]*)", strokes.get("d")):
        values = [float(one) for one in re.findall(r"-?[\d.]+", numbers)]
        if command == "h":
            draw.line([(x, y - 0.5), (x + values[0] - 1, y - 0.5)], fill=strokes.get("stroke"))
            x += values[0]
        else:
            x, y = values if command == "M" else (x + values[0], y + values[1])
    return picture.resize((width * SCALE, height * SCALE), Image.Resampling.NEAREST)


@pytest.mark.parametrize("length", [len(LINK), 500, 1500, LONGEST])
def test_a_code_holds_its_link(server, length):
    link = LINK.ljust(length, "7")
    answer = qr(server, link)
    assert answer.status == 200 and answer.headers["content-type"] == "image/svg+xml"
    picture = painted(answer.body)
    (found,) = zxingcpp.read_barcodes(picture)
    assert (found.text, found.format) == (link, zxingcpp.BarcodeFormat.QRCode)
    quiet, side = 4 * SCALE, picture.width
    for box in ((0, 0, side, quiet), (0, side - quiet, side, side), (0, 0, quiet, side), (side - quiet, 0, side, side)):
        assert picture.crop(box).getcolors() == [((box[2] - box[0]) * (box[3] - box[1]), (255, 255, 255))]
    assert picture.getpixel((quiet, quiet)) == (0, 0, 0)


def test_a_code_is_kept(server):
    first = qr(server, LINK)
    assert "max-age=86400" in first.headers["cache-control"] and first.body == qr(server, LINK).body
    assert qr(server, LINK, if_none_match=first.headers["etag"]).status == 304


BAD = [
    "", "link=", "link=beale", "link=/network", "link=ftp://a/b", "link=javascript:alert(1)", "link=http://", "link=https:///x",
    "link=http://[/", "link=http://a/%20b", "link=http://a/%00", "link=http://a/%0d%0ab", "link=http://a/%C3%A9", "link=http://a/%FF",
    f"link=http://a/{'x' * (LONGEST - 8)}", f"link=http://a/{'x' * 20_000}",
    "link=http://a/&link=http://b/", "link=http://a/&size=9", "url=http://a/",
]  # fmt: skip


@pytest.mark.parametrize("query", BAD, ids=[query[:40] for query in BAD])
def test_other_links_are_refused(server, query):
    answer = server.ask(f"/api/qr?{query}")
    assert answer.status == 400 and answer.headers["cache-control"] == "no-store"
    assert set(answer.json()) == {"error", "field"} and len(answer.body) < 400
    assert answer.json()["field"] == {"link=http://a/&size=9": "size", "url=http://a/": "url"}.get(query, "link")


def where(server):
    answer = server.ask("/api/address")
    assert answer.status == 200 and answer.headers["cache-control"] == "no-store"
    return answer.json()


def check_that_others_come_in(server):
    """By the address that the server tells, which isn't the loopback's."""
    known = where(server)
    assert known["everywhere"]
    if lan_address.lan_address() is None:
        assert known["address"] is None
        return
    assert "127.0.0.1" not in known["address"] and known["address"].endswith(f":{server.port}{server.base}")
    with urlopen(f"{known['address']}/_stcore/health", timeout=30) as answer:
        assert answer.read() == b"ok"


def check_that_nobody_else_comes_in(server):
    assert where(server) == {"everywhere": False, "address": None}


def test_only_this_computer(server):
    check_that_nobody_else_comes_in(server)


@pytest.mark.parametrize(
    "host, known",
    [
        ("::1", (False, None)),
        ("localhost", (False, None)),
        ("127.0.1.1", (False, None)),
        ("192.0.2.7", (True, "http://192.0.2.7:8501")),
        ("2001:db8::7", (True, "http://[2001:db8::7]:8501")),
    ],
)
def test_hosts(monkeypatch, host, known):
    options = {"server.address": host, "server.port": 8501, "server.baseUrlPath": ""}
    monkeypatch.setattr(lan_address.config, "get_option", options.__getitem__)
    assert tuple(lan_address.known().values()) == known
