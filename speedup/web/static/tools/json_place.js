/** Where a text stops being JSON. Browsers say it each in its own way, or not at all. */

const SPACE = /[ \t\n\r]*/y;
const PLAIN = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)/y;
const PIECE = /[^"\\\u0000-\u001f]+|\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/y; // of a string
const DEEPEST = 50; // nesting; what is meant to be read here has three levels

/** {line, column} of the first character that can't stand where it does, both from 1; null if it is JSON. */
export function whereBroken(text) {
  const reader = new Reader(text);
  try {
    reader.value(0);
    reader.skip(SPACE);
    if (reader.at === text.length) return null;
  } catch (error) {
    if (!(error instanceof Broken)) throw error;
  }
  const lines = text.slice(0, reader.at).split("\n");
  return { line: lines.length, column: lines.at(-1).length + 1 };
}

class Broken extends Error {}

class Reader {
  constructor(text) {
    Object.assign(this, { text, at: 0 });
  }

  /** Whether something of this form stands here; goes past it. */
  skip(form) {
    form.lastIndex = this.at;
    const found = form.exec(this.text);
    if (found) this.at += found[0].length;
    return Boolean(found?.[0]);
  }

  expect(characters) {
    if (!characters.includes(this.text[this.at] ?? " ")) throw new Broken();
    this.at += 1;
    return this.text[this.at - 1];
  }

  value(depth) {
    this.skip(SPACE);
    const first = this.text[this.at];
    if (first === '"') this.string();
    else if ("{[".includes(first ?? " ") && depth < DEEPEST) this.items(depth);
    else if (!this.skip(PLAIN)) throw new Broken();
  }

  string() {
    this.expect('"');
    while (this.skip(PIECE));
    this.expect('"');
  }

  /** What stands between brackets or braces. */
  items(depth) {
    const end = this.expect("{[") === "{" ? "}" : "]";
    this.skip(SPACE);
    if (this.text[this.at] === end) {
      this.at += 1;
      return;
    }
    do {
      if (end === "}") {
        this.skip(SPACE);
        this.string();
        this.skip(SPACE);
        this.expect(":");
      }
      this.value(depth + 1);
      this.skip(SPACE);
    } while (this.expect(`,${end}`) === ",");
  }
}
