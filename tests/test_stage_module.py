"""What Streamlit runs for a stage: calls arrive in their order, and a stage ends when its element has gone, not before."""

import json
import subprocess

from speedup.web.stage import MODULE
from tests.modules import NODE, evaluate

PLAY = """
const calls = [1, 2, 3].map((n) => mount({ n, data: { base: "" } }));
console.log(JSON.stringify([await Promise.all(calls), globalThis.came]));
"""
ENDS = """(() => {
  const ended = [], made = [], page = { isConnected: true }, next = { isConnected: true };
  const call = (element, name) => it.oneOf(element, () => made.push(name) && name, (one) => ended.push(one))[1];
  const first = call(page, "first");
  first(); // Streamlit has overtaken that call, and the other is still to come
  const second = call(page, "second"), other = call(next, "next");
  first();
  const before = [...ended];
  page.isConnected = false;
  for (const end of [first, second, other]) end();
  return { made, before, ended };
})()"""


def test_calls_are_handed_on_in_their_order(tmp_path):
    mount = "(component) => { (globalThis.came ??= []).push(component.n); return component.n; }"
    (tmp_path / "speedup.js").write_text(f"globalThis.speedup = () => ({{ default: {mount} }});")
    (tmp_path / "package.json").write_text('{"type": "module"}')
    code = f"globalThis.location = {{ href: {json.dumps(tmp_path.as_uri() + '/')} }};\n"
    code += MODULE.replace("export default", "const mount =") + PLAY
    ran = subprocess.run(
        [NODE, "--input-type=module", "-"], input=code, cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert json.loads(ran.stdout or ran.stderr) == [[1, 2, 3], [1, 2, 3]]


def test_a_stage_ends_once_when_its_element_has_gone():
    assert evaluate("host/one_each", ENDS) == {"made": ["first", "next"], "before": [], "ended": ["first"]}
