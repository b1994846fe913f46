"""A copy of the package with two small kernel modules of its own, to be edited and broken."""

import os
import shutil
import subprocess
import sys

from speedup.kernels import native

RACE = """
from math import sqrt
from speedup.kernels.native import entry
from speedup.helper import helped

@entry("out:f64* x:f64 n:i32")
def race(out, x, n):
    for i in range(n):
        x = helped(x) / sqrt(1 + x * x)
        out[i] = x
"""
HELPER = """
from speedup.kernels.native import kernel

@kernel
def helped(x):
    return 2 * x
"""
TERRAIN = """
from speedup.kernels.native import entry

@entry("out:f64* k:i32")
def terrain(out, k):
    out[0] = k + 0.5
"""


class TinyPackage:
    """A package in `folder` that processes of its own import, with a cache folder of its own."""

    def __init__(self, folder):
        self.folder, self.cache = folder, folder / "cache"
        self.sources = folder / "speedup"
        ours = shutil.ignore_patterns("built", "__pycache__")
        shutil.copytree(native.PACKAGE / "kernels", self.sources / "kernels", ignore=ours)
        for name, text in {"__init__": "", "helper": HELPER, "race": RACE, "terrain": TERRAIN}.items():
            self.write(name, text)

    def write(self, name, text):
        """Writes a module, `name` without the package's: "helper", "deep.helper" in a folder of its own."""
        path = self.sources.joinpath(*name.split(".")).with_suffix(".py")
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8", newline="\n")

    def run(self, code, pass_fds=(), **environment):
        """What the code prints, in a new process; `said` is what that writes on stderr."""
        ours = {"XDG_CACHE_HOME": self.cache, "LOCALAPPDATA": self.cache, "PYTHONPATH": self.folder}
        ours["PYTHONDONTWRITEBYTECODE"] = 1  # Python takes a module for unchanged if its size and the second of its last edit are
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("NUMBA_")}
        done = subprocess.run(
            [sys.executable, "-c", code],
            env=inherited | {name: str(value) for name, value in (ours | environment).items()},
            cwd=self.folder,
            capture_output=True,
            text=True,
            pass_fds=pass_fds,
        )
        assert done.returncode == 0, done.stderr
        self.said = done.stderr
        return done.stdout.strip()

    def compile(self, **environment):
        """(what race writes into out, how many of the entries were found on disk), in a new process."""
        printed = self.run(
            "import numpy as np\n"
            "from speedup.kernels import native\n"
            "native.warm()\n"
            "out = np.zeros(2)\n"
            "native.ENTRIES['race'](out, 0.75, 2)\n"
            "print(*out, sum(one.compiled.cache_hits for one in native.ENTRIES.values()))",
            **environment,
        )
        *out, hits = printed.split()
        return [float(x) for x in out], int(hits)

    def hash(self):
        return self.run("from speedup.kernels import native; print(native.sources_hash())")
