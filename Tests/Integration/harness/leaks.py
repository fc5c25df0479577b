"""Searches files for personal data in every encoding in which it could stand. Findings never repeat the datum."""

import base64
import dataclasses
import os
import pathlib
import re
import subprocess
import tempfile
import typing

# Shorter patterns than this, in bytes, meet by chance in sealed columns and hashes; a short datum is searched together
# with what stands beside it where it would leak (padding, the zero bytes of UTF-16), and alone only in text files.
LENGTH_MIN = 6
# How much of a file tells whether it is text, in bytes.
TEXT_PROBE = 1 << 16

NAME = "name"
NUMBER = "citizen number"
CARD_NUMBER = "card number"
IDENTIFICATION = "identification code"
ACCOUNT = "account"
PIN = "PIN"


@dataclasses.dataclass(frozen=True)
class Datum:
    """One fact about one person."""

    owner: str
    kind: str
    value: str = dataclasses.field(repr=False)


@dataclasses.dataclass(frozen=True)
class Needle:
    """A datum as bytes in one encoding."""

    datum: Datum
    encoding: str
    pattern: bytes = dataclasses.field(repr=False)
    in_text_only: bool = False
    # Told apart from a longer run of digits or hexadecimal digits by what stands around it.
    stands_alone: bool = False


@dataclasses.dataclass(frozen=True)
class Finding:
    """Where a datum was found; says whose and how, not what."""

    path: str
    offset: int
    owner: str
    kind: str
    encoding: str

    def __str__(self) -> str:
        return f"{self.path} at {self.offset}: {self.kind} of {self.owner} in {self.encoding}"


def needles_of(datum: Datum) -> list[Needle]:
    """Every form in which a datum is searched."""
    if datum.kind == PIN:
        return _pin_needles(datum)
    found = []
    for encoding, data in _byte_forms(datum):
        found += _forms_of_bytes(datum, encoding, data)
    unique: dict[tuple[bytes, bool], Needle] = {}
    for needle in found:
        unique.setdefault((needle.pattern, needle.in_text_only), needle)
    return list(unique.values())


def _byte_forms(datum: Datum) -> list[tuple[str, bytes]]:
    spellings = {datum.value}
    if datum.kind == IDENTIFICATION:
        spellings = {datum.value.lower(), datum.value.upper()}
    if datum.kind == NUMBER:
        spellings |= {datum.value.lower()}
    forms = []
    for text in sorted(spellings):
        forms += [
            ("UTF-8", text.encode()),
            ("UTF-16LE", text.encode("utf-16-le")),
            ("UTF-16BE", text.encode("utf-16-be")),
            ("GB 18030", text.encode("gb18030")),
        ]
    if datum.kind == IDENTIFICATION:
        forms.append(("bytes", bytes.fromhex(datum.value)))
    else:
        forms += _packed_forms(datum.value)
    return forms


def _packed_forms(text: str) -> list[tuple[str, bytes]]:
    """Digits as BCD, with either digit first in a byte; a closing letter is left out."""
    digits = text.rstrip("Xx")
    if not digits.isdigit() or len(digits) < 12:
        return []
    forms = []
    for start in (0, 1):
        run = digits[start:]
        run = run[: len(run) // 2 * 2]
        forms.append(("BCD", bytes.fromhex(run)))
    return forms


def _forms_of_bytes(datum: Datum, encoding: str, data: bytes) -> list[Needle]:
    digits_only = data.isdigit() and encoding in ("UTF-8", "GB 18030")
    found = []
    for pattern, in_text_only in _bounded(encoding, data):
        found.append(Needle(datum, encoding, pattern, in_text_only, digits_only))
    found.append(Needle(datum, f"hex of {encoding}", data.hex().encode(), len(data) < LENGTH_MIN - 2))
    found.append(Needle(datum, f"hex of {encoding}", data.hex().upper().encode(), len(data) < LENGTH_MIN - 2))
    for name, pattern in base64_forms(data):
        found.append(Needle(datum, f"{name} of {encoding}", pattern, len(pattern) < LENGTH_MIN))
    return [needle for needle in found if len(needle.pattern) >= 4]


def _bounded(encoding: str, data: bytes) -> list[tuple[bytes, bool]]:
    """The pattern alone, or, when it is short, with what stands beside it in binary files."""
    if len(data) >= LENGTH_MIN:
        return [(data, False)]
    forms = [(data, True)]
    if encoding == "GB 18030":
        forms += [(data + padding, False) for padding in (b"\0\0", b"\xff\xff", b"  ")]
    if encoding == "UTF-16LE":
        forms += [(b"\0" + data + tail + b"\0", False) for tail in (b'"', b"\0", b" ", b",", b"<", b"*")]
    if encoding == "UTF-16BE":
        forms += [(head + data + b"\0", False) for head in (b'\0"', b"\0\0", b"\0 ", b"\0:", b"\0>", b"\0=")]
    return forms


def base64_forms(data: bytes) -> list[tuple[str, bytes]]:
    """What stands in base64 whichever of the three alignments the datum has, in both alphabets."""
    forms = []
    for shift in range(3):
        text = base64.b64encode(bytes(shift) + data)
        start = (0, 2, 3)[shift]
        end = (shift + len(data)) * 8 // 6
        part = text[start:end]
        forms.append(("base64", part))
        if part.translate(bytes.maketrans(b"+/", b"-_")) != part:
            forms.append(("base64url", part.translate(bytes.maketrans(b"+/", b"-_"))))
    return forms


def _pin_needles(datum: Datum) -> list[Needle]:
    """A PIN is six digits: only where it stands alone as digits, and as the data of a VERIFY command."""
    ascii_digits = datum.value.encode()
    packed = bytes.fromhex(datum.value if len(datum.value) % 2 == 0 else datum.value + "f")
    command = bytes([0x00, 0x20, 0x00, 0x00, len(packed)]) + packed
    return [
        Needle(datum, "UTF-8", ascii_digits, False, True),
        Needle(datum, "UTF-16LE", datum.value.encode("utf-16-le")),
        Needle(datum, "UTF-16BE", datum.value.encode("utf-16-be")),
        Needle(datum, "VERIFY command", command),
        Needle(datum, "hex of VERIFY command", command.hex().encode()),
        Needle(datum, "hex of VERIFY command", command.hex().upper().encode()),
        Needle(datum, "hex of UTF-8", ascii_digits.hex().encode()),
        *[Needle(datum, name, part) for name, part in base64_forms(ascii_digits) if len(part) >= LENGTH_MIN],
    ]


class Searcher:
    """Looks for many data in many files."""

    def __init__(self, data: typing.Iterable[Datum]):
        self.needles = [needle for datum in sorted(set(data), key=lambda one: (one.owner, one.kind, one.value)) for needle in needles_of(datum)]

    def search(self, files: typing.Iterable[pathlib.Path]) -> list[Finding]:
        """Every place of every datum."""
        paths = [path for path in files if path.is_file() and not path.is_symlink()]
        findings: list[Finding] = []
        for path in self._flagged(paths):
            findings += self._look(path)
        return findings

    def _flagged(self, paths: list[pathlib.Path]) -> list[pathlib.Path]:
        """Files in which some pattern stands: one quick pass of grep, and Python for patterns that hold a line end."""
        lines = sorted({needle.pattern for needle in self.needles if b"\n" not in needle.pattern})
        rest = sorted({needle.pattern for needle in self.needles if b"\n" in needle.pattern})
        if not paths or not self.needles:
            return []
        flagged: set[bytes] = set()
        with tempfile.NamedTemporaryFile(dir=self._outside()) as patterns:
            patterns.write(b"\n".join(lines) + b"\n")
            patterns.flush()
            names = b"\0".join(os.fsencode(path) for path in paths)
            done = subprocess.run(
                ["xargs", "-0", "grep", "-l", "-Z", "-a", "-F", "-f", patterns.name, "--"], input=names,
                capture_output=True, env={"LC_ALL": "C", "PATH": os.environ["PATH"]},
            )
            assert done.returncode in (0, 1, 123), done.stderr.decode()
            flagged |= {name for name in done.stdout.split(b"\0") if name}
        if rest:
            expression = re.compile(b"|".join(re.escape(pattern) for pattern in rest))
            flagged |= {os.fsencode(path) for path in paths if expression.search(path.read_bytes())}
        return [path for path in paths if os.fsencode(path) in flagged]

    @staticmethod
    def _outside() -> str:
        """The patterns themselves must not be left where is searched."""
        return "/dev/shm" if os.access("/dev/shm", os.W_OK) else "/tmp"

    def _look(self, path: pathlib.Path) -> list[Finding]:
        data = path.read_bytes()
        is_text = b"\0" not in data[:TEXT_PROBE]
        findings = []
        for needle in self.needles:
            if needle.in_text_only and not is_text:
                continue
            offset = data.find(needle.pattern)
            while offset >= 0:
                if not needle.stands_alone or _stands_alone(data, offset, len(needle.pattern)):
                    findings.append(
                        Finding(str(path), offset, needle.datum.owner, needle.datum.kind, needle.encoding)
                    )
                    break
                offset = data.find(needle.pattern, offset + 1)
        return findings


def _stands_alone(data: bytes, offset: int, length: int) -> bool:
    """Whether no digit, hexadecimal digit or fraction goes on before or behind."""
    before = data[offset - 1 : offset] if offset else b""
    behind = data[offset + length : offset + length + 1]
    return not re.match(rb"[0-9a-fA-F.]", before) and not re.match(rb"[0-9a-fA-F]", behind)


def files_below(directory: pathlib.Path) -> list[pathlib.Path]:
    """Every file, hidden ones too."""
    return sorted(path for path in directory.rglob("*") if path.is_file() and not path.is_symlink())
