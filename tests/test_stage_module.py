"""What Streamlit runs for a stage: the calls of one element are numbered, whatever other elements are called with meanwhile."""

import json
import subprocess

from speedup.web.stage import MODULE
from tests.modules import NODE

MOUNT = "(component, call, latest) => () => component.parentElement.ended.push(call === latest())"
PLAY = """
const [lesson, surfaces] = [{ ended: [] }, { ended: [] }];
const call = (parentElement) => mount({ parentElement, data: { base: "" } });
const first = await call(lesson);
const overtaken = await call(lesson), last = await call(lesson);
await call(surfaces); // the next page's, before the lesson's has gone
for (const end of [first, overtaken, last]) end();
console.log(JSON.stringify(lesson.ended));
"""


def test_a_stage_ends_when_its_last_call_ends_though_the_next_page_has_come(tmp_path):
    (tmp_path / "speedup.js").write_text(f"globalThis.speedup = () => ({{ default: {MOUNT} }});")
    (tmp_path / "package.json").write_text('{"type": "module"}')
    code = f"globalThis.location = {{ href: {json.dumps(tmp_path.as_uri() + '/')} }};\n"
    code += MODULE.replace("export default", "const mount =") + PLAY
    ran = subprocess.run(
        [NODE, "--input-type=module", "-"], input=code, cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert json.loads(ran.stdout or ran.stderr) == [False, False, True]
