"""The leak searcher itself: a planted datum is found in every encoding, and only then."""

import base64
import os
import random

import pytest

from harness import paths
from harness.leaks import (
    ACCOUNT, CARD_NUMBER, IDENTIFICATION, LENGTH_MIN, NAME, NUMBER, PIN, Datum, Searcher, files_below,
)

# Synthetic people (citizen numbers of no division).
DATA = [
    Datum("first", NAME, "陈素梅"),
    Datum("second", NAME, "龙丨"),
    Datum("third", NAME, "王𠮷"),
    Datum("first", NUMBER, "99999919420305124X"),
    Datum("first", CARD_NUMBER, "A12345678"),
    Datum("first", ACCOUNT, "6217009999000012345"),
    Datum("first", IDENTIFICATION, "440700d15600000199999919420305ab"),
    Datum("first", PIN, "846213"),
]

NOISE = random.Random(20261121)
TEXT_ENCODINGS = ["utf-8", "utf-16-le", "utf-16-be", "gb18030"]


@pytest.fixture
def planted(request):
    """A file outside the work directory, which must stay clean."""
    path = paths.RESULTS / f"planted-{os.getpid()}"
    yield path
    path.unlink(missing_ok=True)


def kinds(path, data=DATA) -> set[str]:
    return {finding.kind for finding in Searcher(data).search([path])}


@pytest.mark.parametrize("datum", DATA, ids=lambda datum: f"{datum.owner}-{datum.kind}")
@pytest.mark.parametrize("encoding", TEXT_ENCODINGS)
def test_planted_text_is_found(planted, datum, encoding):
    if datum.kind == PIN and encoding == "gb18030":
        pytest.skip("digits are the same in GB 18030 and UTF-8")
    noise = NOISE.randbytes(4096)
    planted.write_bytes(noise + f'{{"x":"{datum.value}"}} '.encode(encoding) + noise)
    if encoding == "gb18030" and len(datum.value.encode(encoding)) < LENGTH_MIN:
        planted.write_bytes(f'{{"x":"{datum.value}"}}'.encode(encoding))
    assert datum.kind in kinds(planted, [datum])


@pytest.mark.parametrize("datum", [one for one in DATA if one.kind == NAME], ids=lambda datum: datum.owner)
@pytest.mark.parametrize("padding", [b"\0", b"\xff", b" "])
def test_padded_name_of_a_card_file_is_found_in_binary(planted, datum, padding):
    record = datum.value.encode("gb18030").ljust(30, padding)
    planted.write_bytes(NOISE.randbytes(512) + bytes([0x09, 30]) + record + b"\x90\0" + NOISE.randbytes(512))
    assert NAME in kinds(planted, [datum])


@pytest.mark.parametrize("upper", [False, True])
@pytest.mark.parametrize("encoding", TEXT_ENCODINGS)
@pytest.mark.parametrize("datum", [one for one in DATA if one.kind != PIN], ids=lambda datum: f"{datum.owner}-{datum.kind}")
def test_planted_hex_is_found(planted, datum, encoding, upper):
    text = datum.value.encode(encoding).hex()
    planted.write_text(f"apdu={text.upper() if upper else text}\n")
    assert datum.kind in kinds(planted, [datum])


@pytest.mark.parametrize("shift", [0, 1, 2])
@pytest.mark.parametrize("alphabet", [base64.b64encode, base64.urlsafe_b64encode])
@pytest.mark.parametrize("datum", [one for one in DATA if one.kind != PIN], ids=lambda datum: f"{datum.owner}-{datum.kind}")
def test_planted_base64_is_found_in_each_alignment(planted, datum, alphabet, shift):
    planted.write_bytes(b"blob " + alphabet(b"q" * shift + datum.value.encode() + b"rest") + b"\n")
    assert datum.kind in kinds(planted, [datum])


@pytest.mark.parametrize("shift", [0, 1])
def test_planted_packed_digits_are_found(planted, shift):
    digits = "0" * shift + "99999919420305124" + "0" * (1 - shift)
    planted.write_bytes(NOISE.randbytes(64) + bytes.fromhex(digits) + NOISE.randbytes(64))
    assert NUMBER in kinds(planted, [DATA[3]])


def test_planted_identification_code_is_found_as_bytes(planted):
    planted.write_bytes(NOISE.randbytes(64) + bytes.fromhex(DATA[6].value) + NOISE.randbytes(64))
    assert IDENTIFICATION in kinds(planted)


def test_planted_pin_is_found_in_a_command_and_in_a_log(planted):
    planted.write_bytes(bytes.fromhex("0020000003846213"))
    assert PIN in kinds(planted)
    planted.write_text("> 0020000003846213\n")
    assert PIN in kinds(planted)
    planted.write_text("pin=846213\n")
    assert PIN in kinds(planted)


def test_digits_inside_a_longer_run_are_no_pin(planted):
    planted.write_text("at 1763712.846213 hash 9f846213ab\n")
    assert kinds(planted) == set()


def test_line_end_inside_a_pattern_is_searched_too(planted):
    datum = Datum("fourth", NAME, "上官上")  # the first character ends in 0A in UTF-16
    planted.write_bytes("x=上官上;".encode("utf-16-be"))
    assert NAME in kinds(planted, [datum])


def test_random_bytes_are_no_finding(planted):
    planted.write_bytes(NOISE.randbytes(4 << 20))
    assert kinds(planted) == set()


def test_findings_do_not_repeat_the_datum(planted):
    planted.write_text("陈素梅 846213")
    for finding in Searcher(DATA).search([planted]):
        assert "陈素梅" not in f"{finding} {finding!r}" and "846213" not in f"{finding} {finding!r}"


def test_hidden_files_and_write_ahead_logs_are_searched(tmp_path_factory):
    directory = paths.RESULTS / f"planted-files-{os.getpid()}"
    (directory / ".hidden").mkdir(parents=True)
    try:
        for name in ("a.sqlite-wal", ".hidden/core.12", "b.log"):
            (directory / name).write_text("陈素梅")
        found = {finding.path for finding in Searcher(DATA).search(files_below(directory))}
        assert len(found) == 3
    finally:
        for path in files_below(directory):
            path.unlink()
        (directory / ".hidden").rmdir()
        directory.rmdir()
