"""Looking at a station's journal through the shipped command."""

import dataclasses
import json
import pathlib
import subprocess

from .paths import ONECARD, environment
from .waiting import PATIENCE


ROWS_MAX = 1_000_000


@dataclasses.dataclass(frozen=True)
class Row:
    """One row, as `onecard journal show --json` tells it."""

    sequence: int
    kind: str
    payload: dict

    @property
    def session(self) -> str | None:
        return self.payload.get("session")

    @property
    def code(self) -> str | None:
        return self.payload.get("code")

    def __getitem__(self, name: str):
        return self.payload[name]


class JournalView:
    """Rows and verification of a journal; needs no daemon."""

    def __init__(self, configuration: pathlib.Path):
        self.configuration = configuration

    def command(self, *arguments) -> subprocess.CompletedProcess:
        return subprocess.run(
            [ONECARD, "journal", *map(str, arguments), "--config", self.configuration], env=environment(),
            capture_output=True, text=True, timeout=PATIENCE * 3,
        )

    def rows(self, after: int = 0) -> list[Row]:
        """All rows behind a sequence number."""
        done = self.command("show", "--json", "--from", after + 1, "--limit", ROWS_MAX)
        assert done.returncode == 0, done.stdout + done.stderr
        rows = [json.loads(line) for line in done.stdout.splitlines()]
        assert len(rows) < ROWS_MAX
        return [Row(row["sequence"], row["kind"], row["payload"]) for row in rows]

    def last(self) -> int:
        rows = self.rows()
        return rows[-1].sequence if rows else 0

    def assert_whole(self) -> None:
        """Every row is there, in order, unchanged and signed."""
        done = self.command("verify", "--json")
        assert done.returncode == 0, done.stdout + done.stderr

    def assert_sessions_closed(self, rows: list[Row]) -> set[str]:
        """No event lost or doubled: sequence continuous, each session with one beginning and one end. Its sessions."""
        numbers = [row.sequence for row in rows]
        assert numbers == list(range(numbers[0], numbers[0] + len(numbers))) if numbers else True
        begun = [row.session for row in rows if row.kind == "CardInserted"]
        ended = [row.session for row in rows if row.kind == "SessionEnded"]
        assert len(set(begun)) == len(begun), "a session began twice"
        assert sorted(begun) == sorted(ended), (
            f"{len(begun)} sessions began, {len(ended)} ended: {sorted(set(begun) ^ set(ended))}"
        )
        return set(begun)
