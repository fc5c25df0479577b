"""Repository rules that no compiler checks. Prints every finding, exits 1 if there is one."""

import pathlib
import re
import subprocess
import sys

LINES_MAX = 600
FUNCTION_LINES_MAX = 70
TEXT_SUFFIXES = {".swift", ".c", ".h", ".py", ".sh", ".js", ".css", ".yaml", ".yml", ".md", ".json", ".mustache", ""}
LEFT_OVER = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")
TRAPS = re.compile(r"\btry!|\bfatalError\(|\bas!")
UNCHECKED = re.compile(r"@unchecked Sendable")
SLEEP = re.compile(r"\b(usleep|Task\.sleep|time\.sleep)\(")
NUMBER = re.compile(r"(?<!\d)(\d{17}[\dXx])(?!\d)")
WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
# Vectors printed in the standards themselves.
STANDARD_VECTORS = {"11010519491231002X", "440524188001010014"}


def tracked() -> list[pathlib.Path]:
    names = subprocess.run(["git", "ls-files", "-z"], capture_output=True, check=True).stdout.decode().split("\0")
    return [pathlib.Path(name) for name in names if name and pathlib.Path(name).is_file()]


def is_real_number(number: str) -> bool:
    """A citizen number with a right check digit that is none of the allowed synthetic ones."""
    number = number.upper()
    check = "10X98765432"[sum(int(digit) * weight for digit, weight in zip(number[:17], WEIGHTS)) % 11]
    if check != number[17] or number[6:8] not in ("18", "19", "20") or number in STANDARD_VECTORS:
        return False
    if not 1 <= int(number[10:12]) <= 12 or not 1 <= int(number[12:14]) <= 31:
        return False
    abroad = number[:6] in ("810000", "820000", "830000") and number[6:8] == "18"
    return not number.startswith("999999") and not abroad


def long_functions(path: pathlib.Path, lines: list[str]) -> list[str]:
    findings = []
    start, indent = None, ""
    for index, line in enumerate(lines, 1):
        opening = re.match(r"^(\s*)(?:[\w@().]+\s+)*(?:func|init|deinit)\b.*", line)
        if opening and start is None:
            start, indent = index, opening.group(1)
        elif start is not None and line.rstrip() == indent + "}":
            if index - start + 1 > FUNCTION_LINES_MAX:
                findings.append(f"{path}:{start}: function of {index - start + 1} lines (at most {FUNCTION_LINES_MAX})")
            start = None
        elif start is not None and line.strip() and not line.startswith(indent):
            start = None
        elif start == index - 1 and "{" not in lines[start - 1] and re.match(r"^\s*(?:///|package|public|static|var|let|func|$)", line):
            start = None
    return findings


def check(path: pathlib.Path) -> list[str]:
    if path.suffix not in TEXT_SUFFIXES:
        return []
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return []
    findings = [f"{path}: a citizen number that is not synthetic" for number in NUMBER.findall(text) if is_real_number(number)]
    lines = text.split("\n")
    is_code = path.suffix in {".swift", ".c", ".h", ".py", ".js"}
    if is_code and len(lines) > LINES_MAX + 1:
        findings.append(f"{path}: {len(lines)} lines (at most {LINES_MAX})")
    for index, line in enumerate(lines, 1):
        if LEFT_OVER.search(line):
            findings.append(f"{path}:{index}: left-over work")
        if path.suffix == ".swift" and "Tests" not in path.parts:
            before = lines[max(0, index - 6):index + 3]
            reasoned = any("//" in other for other in before)
            if (TRAPS.search(line) or UNCHECKED.search(line)) and not line.lstrip().startswith("//") and not reasoned:
                findings.append(f"{path}:{index}: a trap or unchecked promise without its reason")
        if "Tests" in path.parts and SLEEP.search(line) and "state" not in line:
            findings.append(f"{path}:{index}: a sleep in a test")
    if path.suffix == ".swift":
        findings += long_functions(path, lines)
    return findings


def main() -> int:
    files = tracked()
    findings = [finding for path in files for finding in check(path)]
    for path in files:
        if re.search(r"(^|/)(Package\.resolved|\.build[^/]*|\.state)(/|$)", str(path)):
            findings.append(f"{path}: must not be tracked")
    print("\n".join(findings) if findings else f"tidy: {len(files)} files, no finding")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
