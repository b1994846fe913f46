"""Modules of the stage that need no page, in Node."""

import functools
import json
import shutil
import subprocess
import tempfile
from pathlib import Path

from tests.servers import ROOT

STATIC = ROOT / "speedup" / "web" / "static"


@functools.cache
def _copy():
    """A copy of the modules, with a file beside them by which any Node takes them for modules."""
    folder = tempfile.TemporaryDirectory()
    shutil.copytree(STATIC, folder.name, dirs_exist_ok=True)
    (Path(folder.name) / "package.json").write_text('{"type": "module"}')
    return folder


def evaluate(module, expression, argument=None):
    """Returns what a JavaScript expression of `it`, a module ("model/changes"), and `arg` gives. Both are JSON, so NaN is None."""
    page = "globalThis.Path2D = class {};"  # some modules make outlines once for all
    code = f"{page} const it = await import('./{module}.js'), arg = {json.dumps(argument)}; console.log(JSON.stringify({expression}));"
    ran = subprocess.run(["node", "--input-type=module", "-e", code], cwd=_copy().name, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)
