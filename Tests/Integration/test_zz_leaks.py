"""Runs last: nothing that the whole run has left holds a personal datum (Must show 8)."""

import pathlib

import pytest

from harness import paths, processes
from harness.leaks import (
    CARD_NUMBER, IDENTIFICATION, NAME, NUMBER, PIN, Datum, Searcher, files_below,
)
from harness.personas import all_personas

# A name of one character, or none, cannot be told from ordinary text.
NAME_LENGTH_MIN = 2


def persona_data() -> list[Datum]:
    """Everything personal of every persona."""
    data = []
    for name, one in all_personas().items():
        holder = one.holder
        data.append(Datum(name, NUMBER, holder["citizenNumber"]))
        if len(holder.get("name", "")) >= NAME_LENGTH_MIN:
            data.append(Datum(name, NAME, holder["name"]))
        data.append(Datum(name, CARD_NUMBER, one.card["cardNumber"]))
        data.append(Datum(name, IDENTIFICATION, one.card["identificationCode"]))
        data.append(Datum(name, PIN, one.pin))
        data += ledger_data(name, one.document.get("ledger"))
    return data


def ledger_data(name: str, ledger) -> list[Datum]:
    """What the town knows of the persona beside what is on the card."""
    if not isinstance(ledger, dict):
        return []
    data = [Datum(name, NUMBER, ledger["citizenNumber"])] if "citizenNumber" in ledger else []
    for card in ledger.get("cards") or []:
        if "identificationCode" in card:
            data.append(Datum(name, IDENTIFICATION, card["identificationCode"]))
        if "cardNumber" in card:
            data.append(Datum(name, CARD_NUMBER, card["cardNumber"]))
    return data


@pytest.fixture(scope="module")
def left_files():
    """What the run has left, once everything that it started has ended."""
    processes.end_all()
    files = files_below(paths.WORK)
    assert files
    left = files_below(paths.LEFT) if paths.LEFT else []
    # There the compiler keeps what it makes of the tests' own text, in which the personas are written.
    return files + [path for path in left if "swift-generated-sources" not in path.parts]


def test_run_has_left_logs_journals_ledgers_and_write_ahead_logs(left_files):
    """The search below would be worth nothing if these were not there."""
    names = {path.name for path in left_files}
    assert "journal.sqlite" in names
    assert any(name.endswith(".ledger") for name in names)
    assert any(name.endswith(".log") and path.stat().st_size > 0 for path in left_files for name in [path.name])
    assert any(name.endswith("-wal") for name in names), "no write-ahead log: a daemon was killed, one must be there"


def test_no_personal_datum_of_a_persona_is_left(left_files):
    findings = Searcher(persona_data()).search(left_files)
    assert not findings, "\n".join(map(str, findings[:40]))


@pytest.mark.parametrize("kind", [NAME, NUMBER, CARD_NUMBER, IDENTIFICATION, PIN])
def test_planted_leak_is_found_by_the_same_search(left_files, kind):
    data = persona_data()
    planted = next(datum for datum in data if datum.kind == kind)
    path = paths.RESULTS / "planted-leak"
    try:
        path.write_text(f"2026-11-21 level=info card={planted.value} read\n")
        assert {finding.kind for finding in Searcher(data).search([*left_files[:5], path])} == {kind}
    finally:
        path.unlink()


def test_no_core_file_is_left(left_files):
    assert not [path for path in left_files if path.name == "core" or path.name.startswith("core.")]
    assert not list(pathlib.Path(paths.ROOT).glob("core*"))


def test_no_process_is_left():
    assert processes.processes_with(str(paths.BINARIES)) == []
