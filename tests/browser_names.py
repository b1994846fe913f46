"""Names and keys of words as types of the browser's modules: `python -m tests.browser_names` writes names.d.ts.

The type checker then finds a word that is in no language file, and a name that is in no table.
"""

from pathlib import Path

from speedup import DATASETS, OPTIMIZERS, SURFACES
from speedup.schema.parameters import HYPERPARAMETERS
from speedup.words import i18n

FILE = Path(__file__).resolve().parent.parent / "speedup" / "web" / "static" / "names.d.ts"
TABLES = {
    "OptimizerName": OPTIMIZERS,
    "SurfaceName": SURFACES,
    "DatasetName": DATASETS,
    "HyperparameterName": HYPERPARAMETERS,
}


def leaves(table, prefix=""):
    """Yields the dotted keys of a nested table's texts."""
    for key, value in table.items():
        if isinstance(value, dict):
            yield from leaves(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}"


def union(name, members):
    """Returns a declaration: `type Name = "a" | "b";`, a member in each line."""
    return f"type {name} =\n" + "\n".join(f'  | "{member}"' for member in members) + ";\n"


def text():
    """Returns the whole file."""
    head = "// Names of the tables and keys of the words, made by `python -m tests.browser_names`.\n\n"
    words = union("Word", leaves(i18n.words(i18n.DEFAULT)))
    return head + "\n".join([*(union(name, rows) for name, rows in TABLES.items()), words])


if __name__ == "__main__":
    FILE.write_text(text(), "utf-8")
