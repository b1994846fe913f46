"""Where this server can be reached: by whom, and under which address."""

import ipaddress
import socket

from streamlit import config

from speedup.web.assets import base_path

NOBODY = {socket.AF_INET: "192.0.2.1", socket.AF_INET6: "2001:db8::1"}  # kept free for examples


def url(name: str, port: int) -> str:
    """Returns the app's address on a host, IPv6 in brackets, under the base path, without a slash at its end."""
    return f"http://{f'[{name}]' if ':' in name else name}:{port}{base_path()}"


def lan_address() -> str | None:
    """Returns this machine's address on its network, None without one. Nothing is sent: a datagram's socket only chooses."""
    for family, nobody in NOBODY.items():
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            try:
                probe.connect((nobody, 9))
                return probe.getsockname()[0]
            except OSError:
                continue
    return None


def listens_everywhere(host: str) -> bool:
    """Tells whether that is every network this machine is in."""
    return host in ("", "0.0.0.0", "::")


def known() -> dict:
    """Returns {"everywhere": whether other devices can open the app, "address": where, or None where that isn't known}.

    `server.address` and `server.port` are Streamlit's own with `streamlit run`; app.py sets them as well.
    """
    host, port = config.get_option("server.address") or "", config.get_option("server.port")
    if not listens_everywhere(host):
        return {"everywhere": not is_loopback(host), "address": None if is_loopback(host) else url(host, port)}
    address = lan_address()
    return {"everywhere": True, "address": url(address, port) if address and not is_loopback(address) else None}


def is_loopback(host: str) -> bool:
    """Tells whether that is this machine, seen from itself."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
