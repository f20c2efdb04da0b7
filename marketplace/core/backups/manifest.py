"""What a copy says about itself."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path

NAME = "manifest.json"
PIECE = 1024 * 1024


@dataclass(frozen=True)
class Manifest:
    """When and of what the copy was made, how many rows each table held, and the hash of every file beside it."""

    made_at: str
    engine: str
    engine_version: int
    rows: dict[str, int] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    migrations: list[list[str]] = field(default_factory=list)

    def write(self, folder: Path) -> None:
        (folder / NAME).write_text(json.dumps(asdict(self), indent=1, sort_keys=True), encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> "Manifest":
        """Raises FileNotFoundError where there is none, ValueError or TypeError for one that says something else."""
        return cls(**json.loads((folder / NAME).read_text(encoding="utf-8")))

    def spoilt(self, folder: Path) -> list[str]:
        """Files that are missing or are not what they were when the copy was made."""
        return [
            name
            for name, digest in self.files.items()
            if not (folder / name).is_file() or hash_of(folder / name) != digest
        ]


def pieces(file) -> Iterable[bytes]:
    """An open file, a megabyte at a time."""
    return iter(lambda: file.read(PIECE), b"")


def hash_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
