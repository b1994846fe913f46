"""Finds a Chrome or Chromium for the browser tests; as a program, installs one if there is none.

CHROME names the program to take before any other.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

HEADLESS = "chromium-headless-shell"  # Chromium without a window: the tests take a quarter less time
PROGRAMS = (
    HEADLESS, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)  # fmt: skip
QUIET = ("--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking")  # no sandbox: for root
# WebGL in software, without a graphics card; not the page itself too: that takes a third more
ARGUMENTS = (*QUIET, "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--disable-gpu-compositing")
FLAT = (*QUIET, "--disable-gpu")  # no WebGL at all: quicker by half
HELP = """The browser tests need Chrome or Chromium, and none could be installed.
Install one; if it isn't found then: make test CHROME=/path/to/chrome"""


def find():
    """The path of a browser, or None. Raises FileNotFoundError if CHROME names none."""
    named = os.environ.get("CHROME")
    if named:
        if not shutil.which(named):
            raise FileNotFoundError(f"CHROME is {named!r}, which is no program")
        return shutil.which(named)
    for program in PROGRAMS:
        if shutil.which(program):
            return shutil.which(program)
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def is_debian():
    """Whether this is a Debian where packages may be installed."""
    return Path("/etc/debian_version").exists() and shutil.which("apt-get") and os.geteuid() == 0


def install():
    """Tries until there is a browser: Debian's packages, as root; then Playwright's own build."""
    apt = [["apt-get", "update"], *(["apt-get", "install", "-y", one, "fonts-noto-cjk"] for one in (HEADLESS, "chromium"))]
    ways = [*(apt if is_debian() else []), [sys.executable, "-m", "playwright", "install", "chromium"]]
    quietly = {"env": os.environ | {"DEBIAN_FRONTEND": "noninteractive"}, "stdin": subprocess.DEVNULL}
    for command in ways:
        print("setting up the browser tests:", " ".join(command), flush=True)
        subprocess.run(command, **quietly)
        if find() and command[1] != "update":
            return


def main():
    """Makes sure that there is a browser; exits with advice otherwise."""
    try:
        if not find() or (is_debian() and not os.environ.get("CHROME") and not shutil.which(HEADLESS)):
            install()
        if not find():
            sys.exit(HELP)
    except FileNotFoundError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
