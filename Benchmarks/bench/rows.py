"""The rows of the result, their targets, and the two ways to print them."""

import dataclasses
import json
import math

# Name: (what is compared, how, with what). A row without a target is told for the reader.
TARGETS: dict[str, tuple[str, str, float]] = {
    "pcsc.apdu-round-trips": ("ratio", ">=", 0.95),
    "ledger.import": ("ratio", ">=", 0.5),
    "ledger.import-memory": ("ours", "<=", 150),
    "ledger.lookup-with-statement": ("ratio", ">=", 0.6),
    "ledger.lookup-with-statement.p99": ("ours", "<=", 2_000),
    "session.card-to-greeting.p99": ("ours", "<=", 20),
    "session.pin-to-benefits.p99": ("ours", "<=", 20),
    "daemon.ready": ("ours", "<=", 500),
    "daemon.idle-memory": ("ours", "<=", 80),
    "daemon.idle-cpu": ("ours", "<=", 0.1),
}


@dataclasses.dataclass(frozen=True)
class Row:
    """One measured number; `ratio` is how much of the reference's speed is reached."""

    name: str
    unit: str
    ours: float
    runs: int
    reference: float | None = None
    ratio: float | None = None

    @property
    def target(self) -> str:
        if self.name not in TARGETS:
            return ""
        field, relation, limit = TARGETS[self.name]
        return f"{field} {relation} {limit:g}"

    @property
    def is_met(self) -> bool:
        if self.name not in TARGETS:
            return True
        field, relation, limit = TARGETS[self.name]
        value = getattr(self, field)
        return value is not None and (value >= limit if relation == ">=" else value <= limit)


def percentile(ordered: list[float], percent: float) -> float:
    """The smallest value that so many percent of the values do not exceed."""
    return ordered[max(math.ceil(len(ordered) * percent / 100) - 1, 0)]


def rounded(value: float | None) -> float | None:
    """Four digits are more than any of these numbers is worth."""
    return None if value is None else float(f"{value:.4g}")


def as_json(rows: list[Row]) -> str:
    names = ["name", "unit", "ours", "reference", "ratio", "runs"]
    values = [{name: getattr(row, name) for name in names} for row in rows]
    for value in values:
        for name in ("ours", "reference", "ratio"):
            value[name] = rounded(value[name])
    return json.dumps({"rows": values})


def as_table(rows: list[Row]) -> str:
    def text(value: float | None) -> str:
        return "" if value is None else f"{rounded(value):,.10g}"

    lines = [("row", "unit", "ours", "reference", "ratio", "runs", "target", "")]
    for row in rows:
        verdict = "" if not row.target else "met" if row.is_met else "MISSED"
        numbers = (text(row.ours), text(row.reference), text(row.ratio), str(row.runs))
        lines.append((row.name, row.unit, *numbers, row.target, verdict))
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]

    def aligned(line: tuple[str, ...]) -> str:
        cells = [
            cell.rjust(width) if 2 <= column <= 5 else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(line, widths))
        ]
        return "  ".join(cells).rstrip()

    return "\n".join(map(aligned, lines))
