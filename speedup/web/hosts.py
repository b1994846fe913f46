"""The names that the server answers to.

A page from elsewhere can let its own name point to this machine (DNS rebinding) and would then be served as if it were
ours. Browsers say under which name they ask: only names that are this machine's are served.
"""

import functools
import ipaddress
import os
import socket

from streamlit import config

from speedup.web.lan_address import is_loopback

LONGEST = 255  # characters of a host, with its port


@functools.lru_cache(maxsize=256)
def served(host: str) -> bool:
    """Tells whether a request's Host is one of this server's.

    On the loopback its own names are; else every address in digits (nobody can point that elsewhere, and it may be a
    router's in front of us) and this machine's name. `ALLOWED_HOSTS` adds others: "class.example.org, *.example.net".
    """
    name = _name(host)
    if not name:
        return False
    if name == "localhost" or is_loopback(name) or any(_fits(name, one) for one in _listed()):
        return True
    listening = config.get_option("server.address") or ""
    return not is_loopback(listening) and (_is_address(name) or name in _machine() or name == listening.lower())


def _name(host):
    """The name in a Host header without its port, in lower case, "" where it has not the form of one."""
    host = host.strip().lower()
    name, bracket, port = host.partition("]")
    if bracket:
        name = name[1:] if name.startswith("[") else ""
    else:
        name, _, port = host.partition(":")
    port = port.removeprefix(":") if bracket else port
    good = len(host) <= LONGEST and (not port or (port.isascii() and port.isdigit()))
    return name.rstrip(".") if good else ""


def _fits(name, pattern):
    return pattern in ("*", name) or (pattern.startswith("*.") and name.endswith(pattern[1:]))


def _listed():
    return [one.strip().lower() for one in os.environ.get("ALLOWED_HOSTS", "").split(",") if one.strip()]


def _machine():
    """The machine's name, as its network may know it."""
    name = socket.gethostname().lower()
    return {name, name.partition(".")[0], f"{name.partition('.')[0]}.local", os.environ.get("HOST", "").lower()}


def _is_address(name):
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
