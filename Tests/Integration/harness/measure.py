"""Numbers that a run measured, for the reader of the results."""

import json
import statistics

from .paths import MEASUREMENTS


def record(name: str, values: list[float], unit: str = "s", limit: float | None = None) -> None:
    """Adds a row to TestResults/measurements.json."""
    rows = json.loads(MEASUREMENTS.read_text()) if MEASUREMENTS.exists() else {}
    ordered = sorted(values)
    rows[name] = {
        "unit": unit,
        "runs": len(ordered),
        "median": round(statistics.median(ordered), 4),
        "worst": round(ordered[-1], 4),
    }
    if limit is not None:
        rows[name]["limit"] = limit
    MEASUREMENTS.parent.mkdir(parents=True, exist_ok=True)
    MEASUREMENTS.write_text(json.dumps(rows, indent=2, sort_keys=True) + "\n")
