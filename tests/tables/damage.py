"""Ways to damage a file, drawn from a seed: cells, columns, rows, bytes, encodings, settings."""

from __future__ import annotations

import random
from collections.abc import Callable

Damage = Callable[[random.Random, bytes], bytes]

STRANGE = (
    "", "0", "-1", "2.5", "2,5", "9" * 30, "9" * 5000, "1e9", "NaN", "None", "TRUE", "S99", "P99",
    "R9", "p4", " S1 ", "S1 ", "S1|S2", "|", "||", "S1,S2", "=1+1", "'=1", "@x", "\t", "é" * 50,
    "e\u0301", "😀", "\u202e", "\ufeff", "12:61", "25:00", "0.50", "0.4166", "31-02-2026", '"',
    'een "woord"', "regel 1\nregel 2", "a\rb", "x" * 40_000, "{0}", "{id}", "%s", "\\", "_x0041_",
)  # fmt: skip


def cells(text: str) -> list[list[str]]:
    return [line.split(";") for line in text.splitlines()]


def joined(rows: list[list[str]]) -> bytes:
    return "\n".join(";".join(row) for row in rows).encode() + b"\n"


def strange_cell(chance: random.Random, content: bytes) -> bytes:
    rows = cells(content.decode())
    row = chance.choice(rows)
    row[chance.randrange(len(row))] = chance.choice(STRANGE)
    return joined(rows)


def quoted_strange_cell(chance: random.Random, content: bytes) -> bytes:
    rows = cells(content.decode())
    row = chance.choice(rows)
    row[chance.randrange(len(row))] = '"' + chance.choice(STRANGE).replace('"', '""') + '"'
    return joined(rows)


def many_strange_cells(chance: random.Random, content: bytes) -> bytes:
    for _ in range(8):
        if b'"' in content or b"\r" in content:
            break
        content = strange_cell(chance, content)
    return content


def lost_cell(chance: random.Random, content: bytes) -> bytes:
    rows = cells(content.decode())
    row = chance.choice(rows)
    del row[chance.randrange(len(row))]
    return joined(rows)


def extra_cell(chance: random.Random, content: bytes) -> bytes:
    rows = cells(content.decode())
    chance.choice(rows).append(chance.choice(STRANGE))
    return joined(rows)


def lost_column(chance: random.Random, content: bytes) -> bytes:
    rows = cells(content.decode())
    column = chance.randrange(len(rows[0]))
    for row in rows:
        del row[column]
    return joined(rows)


def doubled_column(chance: random.Random, content: bytes) -> bytes:
    rows = cells(content.decode())
    column = chance.randrange(len(rows[0]))
    for row in rows:
        row.append(row[column])
    return joined(rows)


def swapped_columns(chance: random.Random, content: bytes) -> bytes:
    rows = cells(content.decode())
    one, other = (chance.randrange(len(rows[0])) for _ in range(2))
    rows[0][one], rows[0][other] = rows[0][other], rows[0][one]
    return joined(rows)


def doubled_row(chance: random.Random, content: bytes) -> bytes:
    rows = cells(content.decode())
    rows.insert(chance.randrange(len(rows) + 1), chance.choice(rows))
    return joined(rows)


def lost_row(chance: random.Random, content: bytes) -> bytes:
    rows = cells(content.decode())
    del rows[chance.randrange(len(rows))]
    return joined(rows)


def shuffled_rows(chance: random.Random, content: bytes) -> bytes:
    rows = cells(content.decode())
    chance.shuffle(rows)
    return joined(rows)


def truncated(chance: random.Random, content: bytes) -> bytes:
    return content[: chance.randrange(len(content))]


def garbage(chance: random.Random, content: bytes) -> bytes:
    at = chance.randrange(len(content))
    return content[:at] + chance.randbytes(chance.randrange(1, 40)) + content[at:]


def only_garbage(chance: random.Random, content: bytes) -> bytes:
    return chance.randbytes(chance.randrange(200))


def nul_bytes(chance: random.Random, content: bytes) -> bytes:
    at = chance.randrange(len(content))
    return content[:at] + b"\0" * chance.randrange(1, 4) + content[at:]


def flipped_bytes(chance: random.Random, content: bytes) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.randrange(1, 6)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def lost_bytes(chance: random.Random, content: bytes) -> bytes:
    for _ in range(chance.randrange(1, 4)):
        at = chance.randrange(len(content))
        content = content[:at] + content[at + chance.randrange(1, 30) :]
    return content or b"\n"


def other_encoding(chance: random.Random, content: bytes) -> bytes:
    code = chance.choice(["utf-16", "utf-16-le", "utf-32", "cp1252", "utf-8-sig", "cp037", "utf-7"])
    return content.decode().encode(code, errors="replace")


def other_delimiter(chance: random.Random, content: bytes) -> bytes:
    return content.replace(b";", chance.choice([b",", b"\t", b" ", b":", b"|", b";;", b"\x1f"]))


def other_line_ends(chance: random.Random, content: bytes) -> bytes:
    return content.replace(b"\n", chance.choice([b"\r\n", b"\r", b"\n\n", b"\r\r\n", b"\x0b"]))


def stray_quotes(chance: random.Random, content: bytes) -> bytes:
    for _ in range(chance.randrange(1, 4)):
        at = chance.randrange(len(content))
        content = content[:at] + b'"' + content[at:]
    return content


def nothing(chance: random.Random, content: bytes) -> bytes:
    return chance.choice([b"", b"\n", b";;;\n", b"\xef\xbb\xbf", b"sep=;\n", b'"', b"\0"])


def pieces_of_toml(chance: random.Random, content: bytes) -> bytes:
    lines = content.decode().splitlines()
    piece = chance.choice([
        "[[rules]]\nrule = 'order'\npairs = [['S1']]", "[rules]", "rules = 5", "rules = ['x']",
        "[[rules]]", "[[rules]]\nrule = 5", "[[rules]]\nrule = 'kepe_apart'\npairs = []",
        "[[rules]]\nrule = 'choices'\npoints_per_rank = [1]", "points = 'veel'", "points = []",
        "points = [1.5]", "points = [-1]", "points = [1, [2]]", "date = 2026-13-01", "x.y.z = 1",
        "date = 2026-11-19T10:00:00Z", "date = 5", "name = 3", "name = ''", "timezone = 'Europe'",
        "timezone = '/etc/passwd'", "language = 'fr'", "language = ['nl']", "a = " + "[" * 5000,
        "a = " + "9" * 6000, "nmae = 'x'", "[[rules]]\nrule='pinned'\nsession='S1'\nround='R9'",
        "\u00a0", "name = \"\\ud800\"", "points = [nan]", "points = [true]", "[[rules.x]]",
        "[[rules]]\nrule='must_attend'\nsession=7\nparticipants='P1'",
    ])  # fmt: skip
    lines.insert(chance.randrange(len(lines) + 1), piece)
    return "\n".join(lines).encode()


IN_TABLES: tuple[Damage, ...] = (
    strange_cell, quoted_strange_cell, many_strange_cells, lost_cell, extra_cell, lost_column,
    doubled_column, swapped_columns, doubled_row, lost_row, shuffled_rows, other_delimiter,
)  # fmt: skip
IN_ANY_FILE: tuple[Damage, ...] = (
    truncated, garbage, only_garbage, nul_bytes, flipped_bytes, lost_bytes, other_encoding,
    other_line_ends, stray_quotes, nothing,
)  # fmt: skip
