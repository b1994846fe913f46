"""What the benchmark found: rows of a table, and notes on what could not be measured here."""

from dataclasses import dataclass, field

COLUMNS = ("figure", "measured", "baseline", "ratio", "target", "ok")


class Missing(Exception):
    """Something that a figure needs is not on this machine; the message names it and says how to get it."""


@dataclass
class Report:
    """Collects rows and notes."""

    rows: list[tuple] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add(self, figure, measured, baseline="", ratio=None, target=("", None)):
        """A row. `ratio`: measured to baseline, or None; `target`: what it is, and whether it is met."""
        said, met = target
        ok = {None: "", True: "yes", False: "NO"}[met]
        self.rows.append((figure, measured, baseline, fraction(ratio), said, ok))

    def note(self, text):
        """A line below the table."""
        self.notes.append(text)

    def text(self):
        """The table, which is Markdown too, and the notes."""
        rows = [COLUMNS, *self.rows]
        widths = [max(len(row[column]) for row in rows) for column in range(len(COLUMNS))]
        rows.insert(1, ["-" * width for width in widths])
        lines = ["| " + " | ".join(map(str.ljust, row, widths)) + " |" for row in rows]
        return "\n".join(lines + [f"\n{note}" for note in self.notes])


def fraction(ratio):
    """A ratio as text: 1.42, or 1/85 for a small one."""
    if ratio is None:
        return ""
    return f"{ratio:.2f}" if ratio > 0.1 else f"1/{1 / ratio:,.0f}"


def p95(values):
    """The value that 95 % of them do not exceed."""
    return sorted(values)[int(0.95 * (len(values) - 1) + 0.5)]
