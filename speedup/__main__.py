"""Starts the app: `speedup`, or `python -m speedup`."""

import argparse
import os
import sys
from collections.abc import Sequence

from speedup import __version__

APP = {"streamlit", "starlette", "uvicorn", "anyio", "plotly", "segno"}  # the packages that the library does without


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the app until it is stopped. Exits with a message if the app's packages are missing, or host or port won't do.

    arguments: those of the command line, None for the process's own.
    """
    asked = _parser().parse_args(arguments)
    try:
        from speedup.web import server
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] not in APP:
            raise
        sys.exit(f"The app needs {error.name}, which is not installed: pip install 'speedup[app]'")
    server.main(asked.host, asked.port)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("speedup", description="Optimizers race, live, in the browser.")
    host, port = os.environ.get("HOST") or "127.0.0.1", os.environ.get("PORT") or "8501"
    parser.add_argument("--host", default=host, help="whom to listen to; 0.0.0.0 is everybody in this network (now: %(default)s)")
    parser.add_argument("--port", default=port, help="0 takes any free one (now: %(default)s)")
    parser.add_argument("--version", action="version", version=f"speedup {__version__}")
    return parser


if __name__ == "__main__":
    main()
