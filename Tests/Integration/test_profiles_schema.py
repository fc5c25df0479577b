"""Device profiles: schema and decoder agree on every shipped file, and on every copy of it with one thing wrong."""

import collections
import copy
import json
import pathlib
import re

import jsonschema
import pytest
import yaml

from harness import paths
from harness.station import onecard

FOLDER = paths.ROOT / "DeviceProfiles"
SCHEMA = json.loads((FOLDER / "profile.schema.json").read_text(encoding="utf-8"))
FILES = sorted(FOLDER.glob("*/*.yaml"))
# The command reads at most 256 files.
BATCH = 200

Case = collections.namedtuple("Case", "what document")


@pytest.fixture(scope="module")
def schema() -> jsonschema.Draft202012Validator:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    return jsonschema.Draft202012Validator(SCHEMA)


def load(path: pathlib.Path) -> dict:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def places(value, path=()):
    """Every key of a document, as the path to it."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield (*path, key)
            yield from places(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from places(inner, (*path, index))


def holder(document: dict, path: tuple):
    for step in path[:-1]:
        document = document[step]
    return document


def changed(document: dict, path: tuple, change) -> dict:
    result = copy.deepcopy(document)
    change(holder(result, path), path[-1])
    return result


def misspelt(mapping: dict, key: str) -> None:
    mapping[key + "x"] = mapping.pop(key)


def of_another_type(mapping: dict, key: str) -> None:
    mapping[key] = "nonsense" if isinstance(mapping[key], (dict, list)) else []


def of_another_scalar(mapping: dict, key: str) -> None:
    value = mapping[key]
    mapping[key] = str(value) if isinstance(value, (int, bool)) else 7


def emptied(mapping: dict, key: str) -> None:
    mapping[key] = "" if isinstance(mapping[key], str) else None


CHANGES = {
    "dropped": lambda mapping, key: mapping.pop(key),
    "misspelt": misspelt,
    "another type": of_another_type,
    "another scalar": of_another_scalar,
    "emptied": emptied,
}


def damaged(document: dict) -> list[Case]:
    return [
        Case(f"{name}: {'.'.join(map(str, path))}", changed(document, path, change))
        for path in places(document)
        for name, change in CHANGES.items()
    ]


def verdicts(directory: pathlib.Path, file: pathlib.Path, documents: list[dict]) -> list[list[dict]]:
    """What `onecard profile check` says of each document; the documents stand in folders of their own."""
    targets = []
    for number, document in enumerate(documents):
        target = directory / str(number) / file.parent.name / file.name
        target.parent.mkdir(parents=True)
        target.write_text(yaml.safe_dump(document, allow_unicode=True, width=10_000), encoding="utf-8")
        targets.append(target)
    found = collections.defaultdict(list)
    for start in range(0, len(targets), BATCH):
        batch = targets[start:start + BATCH]
        done = onecard("profile", "check", "--json", *batch)
        report = json.loads(done.stdout)
        assert report["files"] == len(batch)
        assert done.returncode == (2 if report["mistakes"] else 0), done.stderr
        for mistake in report["mistakes"]:
            # Copies that are all right have one id; this is no mistake of theirs.
            if not re.fullmatch(r"the profile `[^`]+` stands in .* too", mistake["message"]):
                found[mistake["file"]].append(mistake)
    return [found[str(target)] for target in targets]


def test_profiles_are_shipped():
    assert len(FILES) >= 20
    done = onecard("profile", "check", "--json", FOLDER)
    assert done.returncode == 0, done.stdout + done.stderr
    report = json.loads(done.stdout)
    assert report == {"files": len(FILES), "mistakes": [], "profiles": sorted(file.stem for file in FILES)}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_schema_takes_every_shipped_file(schema, file):
    assert [error.message for error in schema.iter_errors(load(file))] == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_schema_and_command_refuse_every_damaged_copy(schema, file, tmp_path):
    cases = damaged(load(file))
    assert len(cases) > 100
    taken = [case.what for case in cases if schema.is_valid(case.document)]
    assert taken == [], "the schema takes what is damaged"
    said = verdicts(tmp_path, file, [case.document for case in cases])
    assert [case.what for case, mistakes in zip(cases, said) if not mistakes] == [], "the command takes what is damaged"
    for mistakes in said:
        assert all(mistake["line"] >= 1 and mistake["message"] for mistake in mistakes)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_schema_and_command_have_the_same_bounds(schema, file, tmp_path):
    document = load(file)
    numbers = [path for path in places(document) if type(holder(document, path)[path[-1]]) is int]
    if not numbers:
        pytest.skip("no number in this profile")
    # What the command says of a number far away tells its bounds.
    far = [changed(document, path, lambda mapping, key: mapping.__setitem__(key, 10**9)) for path in numbers]
    for path, mistakes in zip(numbers, verdicts(tmp_path / "far", file, far)):
        bounds = next(filter(None, (re.search(r"(\d+)\.\.\.(\d+)", mistake["message"]) for mistake in mistakes)))
        low, high = map(int, bounds.groups())
        tries = [low - 1, low, high, high + 1]
        copies = [changed(document, path, lambda mapping, key: mapping.__setitem__(key, number)) for number in tries]
        assert [schema.is_valid(one) for one in copies] == [False, True, True, False], f"{path}: {low}...{high}"


@pytest.mark.parametrize(
    "change",
    [
        lambda profile: profile["match"]["usb"][0].update(vendor="any", product="any", interface="any"),
        lambda profile: profile["match"]["usb"][0].update(vendor="any"),
        lambda profile: profile["match"]["usb"][0].update(product="C35A"),
        lambda profile: profile["match"]["usb"][0].update(endpoints=["80"]),
        lambda profile: profile["match"].update(usb=[]),
        lambda profile: profile.update(transport="pcsc"),
        lambda profile: profile.update(kind="printer"),
        lambda profile: profile.update(protocol="esc-pos"),
        lambda profile: profile.update(quirks=["us-layout"]),
        lambda profile: profile.update(cannot=["cut"]),
        lambda profile: profile.update(simulated=True),
        lambda profile: profile.update(endpoints={"out": "81", "in": "01"}),
        lambda profile: profile.update(endpoints={"headOut": "02", "bodyOut": "06", "headIn": "81", "bodyIn": "85"}),
        lambda profile: profile.update(line={"baud": 9600, "format": "8N1"}),
        lambda profile: profile["notes"].update(en="a\x1b[31mb"),
    ],
)
def test_both_refuse_what_does_not_go_together(schema, change, tmp_path):
    file = FOLDER / "id-reader" / "generic-sam-v-usb.yaml"
    document = load(file)
    change(document)
    assert not schema.is_valid(document)
    assert verdicts(tmp_path, file, [document])[0]


def test_mistakes_are_told_with_file_line_and_hint(tmp_path):
    file = tmp_path / "printer" / "generic-escpos-usb.yaml"
    file.parent.mkdir()
    text = (FOLDER / "printer" / file.name).read_text(encoding="utf-8")
    file.write_text(text.replace("cutter: partial", "cuter: partial"), encoding="utf-8")
    line = text[:text.index("cutter:")].count("\n") + 1
    done = onecard("profile", "check", file)
    assert done.returncode == 2
    assert f"{file}:{line}: printer: `cuter` is not known here; did you mean `cutter`?" in done.stdout


def test_profiles_are_listed():
    done = onecard("profile", "list", "--profiles", FOLDER, "--json")
    assert done.returncode == 0
    rows = json.loads(done.stdout)["profiles"]
    assert [row["id"] for row in rows] == sorted(file.stem for file in FILES)
    assert all(row["simulated"] == row["id"].startswith("onecard-simulator") for row in rows)


def explain(device: str, *arguments, expect: int = 0) -> dict:
    done = onecard("profile", "explain", device, "--profiles", FOLDER, "--json", *arguments)
    assert done.returncode == expect, done.stdout + done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize(
    "device, profile",
    [
        ("usb:0400:c35a:ff0000@0281", "generic-sam-v-usb"),
        ("usb:0400:c35a:ff0000@02068185", "generic-sam-v-usb-split"),
        ("usb:04b8:0e15:070102@0182", "generic-escpos-usb"),
        ("usb:1209:0002", "onecard-simulator-sam-v"),
        ("usb:1209:0003", "onecard-simulator-sam-v-split"),
        ("usb:1209:0004:070102@0182", "onecard-simulator-printer"),
        ("usb:1209:0005:030101@81", "onecard-simulator-keyboard-scanner"),
        ("usb:1209:0006:030000@81", "onecard-simulator-pos-scanner"),
        ("pcsc:OneCard Simulator Contact 00 00", "onecard-simulator-contact"),
        ("pcsc:OneCard Simulator Contactless 01 00", "onecard-simulator-contactless"),
        ("pcsc:OneCard Simulator USB 00 00", "onecard-simulator-usb"),
        ("pcsc:Some Maker Reader 00 00", "generic-ccid-contact"),
        ("file:/dev/usb/lp0", "generic-escpos-file"),
    ],
)
def test_device_gets_its_profile(device, profile):
    answer = explain(device)
    assert answer["profile"] == profile and answer["candidates"] == [profile]
    assert answer["text"].startswith(f"{device}\nprofile {profile}: ")


def test_keyboard_is_taken_only_when_named():
    keyboard = "usb:046d:c31c:030101@81"
    assert explain(keyboard, expect=1)["profile"] is None
    assert "only a device that station.yaml names" in explain(keyboard, expect=1)["text"]
    assert explain(keyboard, "--named")["profile"] == "generic-hid-keyboard"


def test_explain_of_an_id_shows_the_profile_and_other_words_are_usage():
    assert explain("generic-part10")["profile"] == "generic-part10"
    assert explain("no device", expect=2)["error"]["code"] == "usage"
    assert explain("usb:0400:c35a", "--kind", "plotter", expect=2)["error"]["code"] == "usage"
