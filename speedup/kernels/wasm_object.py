"""Makes a WebAssembly module of LLVM's object file, which lacks nothing but a section of exports.

An object file is a module with notes for a linker in custom sections. Ours needs no linker: it is one file
and holds neither data nor a function table, so that its indices are final.
"""

from collections.abc import Collection, Iterator

ALLOWED_IMPORTS = {"__linear_memory", "__stack_pointer"}


class WasmError(Exception):
    """A kernel does something that the browser's module can't hold; the message names it."""


def with_exports(wasm: bytes, names: Collection[str]) -> bytes:
    """Returns the object file with the functions `names` exported and custom sections dropped. Raises WasmError."""
    kept: list[tuple[int, bytes]] = []
    symbols: dict[str, int] = {}
    for kind, body in sections(wasm):
        if kind == 0:  # names for a linker, which is all we do of one's work
            reader = Reader(body)
            symbols |= function_symbols(reader) if reader.text() == "linking" else {}
        elif kind in (9, 11, 12):
            raise WasmError("the module has data or a function table")
        else:
            kept.append((kind, body))
    foreign = imports(wasm) - ALLOWED_IMPORTS
    if foreign:
        raise WasmError(f"the kernels call what the browser does not have: {', '.join(sorted(foreign))}")
    exports = b"".join(_text(name) + b"\0" + _number(symbols[name]) for name in sorted(names))
    before_code = next(i for i, (kind, _) in enumerate(kept) if kind > 7)
    kept.insert(before_code, (7, _number(len(names)) + exports))
    return wasm[:8] + b"".join(bytes([kind]) + _number(len(body)) + body for kind, body in kept)


class Reader:
    """Reads WebAssembly's numbers (LEB128) and strings one after the other."""

    def __init__(self, data: bytes, at: int = 0) -> None:
        self.data, self.at = data, at

    def take(self, n: int) -> bytes:
        """Reads n bytes."""
        self.at += n
        return self.data[self.at - n : self.at]

    def number(self) -> int:
        """Reads an unsigned number (LEB128)."""
        value = shift = 0
        while True:
            byte = self.take(1)[0]
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value

    def text(self) -> str:
        """Reads a text: its length, then UTF-8."""
        return self.take(self.number()).decode()


def sections(wasm: bytes) -> Iterator[tuple[int, bytes]]:
    """Yields (kind, body) of each section of a module."""
    reader = Reader(wasm, 8)
    while reader.at < len(wasm):
        kind = reader.number()
        yield kind, reader.take(reader.number())


def imports(wasm: bytes) -> set[str]:
    """Returns the names that a module imports, whatever they are imported from."""
    found = set()
    for reader in (Reader(body) for kind, body in sections(wasm) if kind == 2):
        for _ in range(reader.number()):
            reader.text()
            found.add(reader.text())
            kind = reader.number()
            if kind in (1, 3):  # a table's element type, a global's type
                reader.number()
            if kind in (1, 2):  # limits: has a maximum?, minimum, maximum
                for _ in range(1 + reader.number()):
                    reader.number()
            else:
                reader.number()  # a function's type; whether a global is mutable
    return found


def exports(wasm: bytes) -> Iterator[str]:
    """Yields the names that a module exports."""
    for reader in (Reader(body) for kind, body in sections(wasm) if kind == 7):
        for _ in range(reader.number()):
            yield reader.text()
            reader.number(), reader.number()  # its kind and index


def function_symbols(reader: Reader) -> dict[str, int]:
    """Returns {name: index} of the functions that a "linking" section (version 2) defines."""
    found, _ = {}, reader.number()
    while reader.at < len(reader.data):
        kind, end = reader.number(), reader.number() + reader.at
        for _ in range(reader.number() if kind == 8 else 0):
            symbol, flags = reader.number(), reader.number()
            if symbol == 1:  # data: a name and, if it is defined here, where
                reader.text()
                for _ in range(0 if flags & 0x10 else 3):
                    reader.number()
                continue
            index = reader.number()
            if symbol != 3 and (not flags & 0x10 or flags & 0x40):  # defined here, or named all the same
                name = reader.text()
                if symbol == 0:
                    found[name] = index
        reader.at = end
    return found


def _number(value):
    """LEB128 of an int that is not negative."""
    return bytes([value & 127 | 128]) + _number(value >> 7) if value > 127 else bytes([value])


def _text(text):
    return _number(len(text.encode())) + text.encode()
