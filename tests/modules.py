"""Modules of the stage that need no page, in Node."""

import functools
import json
import shutil
import subprocess
import tempfile
from pathlib import Path

from playwright._impl._driver import compute_driver_executable

from speedup.web.assets import STATIC, assets

NODE = shutil.which("node") or compute_driver_executable()[0]  # Playwright brings one
BASE = "held:/"  # where modules find kernels, tables and words, as `base`
BEGIN = """
import { readFile } from "node:fs/promises";
import { parentPort } from "node:worker_threads";
globalThis.addEventListener = () => {}; // or listen
Object.defineProperty(globalThis, "navigator", { value: { hardwareConcurrency: 2 } }); // some Nodes have none
globalThis.fetch = async (address) => new Response(await readFile(address.replace("held:/", "./")));
"""


def threads_on(cores):
    """JavaScript in whose scope a machine has so many cores, and threads compute nothing, but keep what they are asked to do:
    `asked()` takes the messages to all of them since the last time, and `answer({found})` is one of their answers to the `latest`,
    unless the id of another is given; `answer({error})` says that a thread could not.
    """
    return f"""
  navigator.hardwareConcurrency = {cores};
  globalThis.document = {{ querySelector: () => null }};
  let latest = 0, opened = null;
  const messages = [];
  globalThis.Worker = class {{
    constructor() {{ opened = this; }}
    postMessage(one) {{
      if (one.kind !== "rest" || !("compiled" in one)) messages.push(one);
      latest = one.id;
    }}
    terminate() {{}}
  }};
  const asked = () => messages.splice(0);
  const answer = (what, id = latest) => opened.onmessage({{ data: {{ id, ...what }} }});
"""


@functools.cache
def _folder():
    """A folder with the modules and what the server gives them; Node takes them for modules by the file beside them."""
    folder = tempfile.TemporaryDirectory()
    shutil.copytree(STATIC, folder.name, dirs_exist_ok=True)
    for name, asset in assets().items():
        (Path(folder.name) / name).write_bytes(asset.body)
    (Path(folder.name) / "package.json").write_text('{"type": "module"}')
    return folder


class _Node:
    """A Node that is asked again and again; each time with modules that nobody has used before."""

    def __init__(self):
        script = Path(__file__).with_name("threads_of_node.mjs")
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "encoding": "utf-8"}
        self.process = subprocess.Popen([NODE, script], cwd=_folder().name, **pipes)
        self.asked = 0

    def ask(self, code):
        """What a module of this code posts. Raises AssertionError with what it said if it fails."""
        self.asked += 1
        path = Path(_folder().name) / f"asked-{self.asked}.mjs"
        path.write_text(code, "utf-8")
        print(path, file=self.process.stdin, flush=True)
        said = json.loads(self.process.stdout.readline() or '{"error": "Node has ended"}')
        path.unlink()
        assert "error" not in said, said["error"]
        return said.get("answer")


_node = functools.cache(_Node)


def evaluate(module, expression, argument=None):
    """Returns what a JavaScript expression, or a promise, of `it`, a module, and `arg` gives. Both are JSON, so NaN is None."""
    code = f"{BEGIN} const it = await import('./{module}.js'), arg = {json.dumps(argument)};"
    code += f"parentPort.postMessage(JSON.stringify(await ({expression})));"
    return json.loads(_node().ask(code))
