"""Where the pages and Streamlit's settings are, in a checkout of the project and in an installed package alike."""

import os
import tomllib
from pathlib import Path

from streamlit import config

PACKAGE = Path(__file__).resolve().parents[1]
FROM_ENVIRONMENT = "server.baseUrlPath", "server.fileWatcherType"


def _place(installed: str, checkout: str) -> Path:
    """The folder inside of the installed package; a checkout has it beside the package instead."""
    inside = PACKAGE / installed
    return inside if inside.is_dir() else PACKAGE.parent / checkout


PAGES = _place("pages", "pages")
SETTINGS = _place("settings", ".streamlit") / "config.toml"


def apply() -> None:
    """Hands the settings file to Streamlit, which looks for one only in the folder that it was started in.

    The options of FROM_ENVIRONMENT are taken from the environment (STREAMLIT_SERVER_BASE_URL_PATH, …) if they are there.
    """
    for option, value in _leaves(tomllib.loads(SETTINGS.read_text("utf-8"))):
        config.set_option(option, value)
    for option in FROM_ENVIRONMENT:
        variable = config.get_config_options()[option].env_var
        if variable in os.environ:
            config.set_option(option, os.environ[variable])


def _leaves(table, prefix=""):
    """(dotted name, value) of everything in a nested table."""
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _leaves(value, f"{prefix}{name}.")
        else:
            yield prefix + name, value
