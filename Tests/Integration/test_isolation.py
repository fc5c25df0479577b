"""The page is the launcher's alone, and a station without `simulated: true` takes nothing from a simulator."""

import contextlib
import json
import os
import pathlib
import re
import shutil
import stat
import subprocess
import urllib.parse

import pytest

from harness import paths
from harness.personas import ELDER, all_personas, persona
from harness.processes import Process
from harness.station import POINT, Station
from harness.waiting import holds_for, wait_until

EVENTS = f"/kiosk/events?point={POINT}"
ACTIONS = f"/kiosk/actions?point={POINT}"


def error_code(body: bytes) -> str:
    answer = json.loads(body)
    assert set(answer) == {"error"} and set(answer["error"]) == {"code", "message", "remedy"}
    return answer["error"]["code"]


def token_of(station: Station) -> str:
    return urllib.parse.parse_qs(urllib.parse.urlsplit(station.kiosk_url).fragment)["token"][0]


# --- token


def test_token_stands_in_the_fragment_and_is_long(desk):
    parts = urllib.parse.urlsplit(desk.kiosk_url)
    assert parts.netloc == f"127.0.0.1:{desk.port}" and parts.query == f"point={POINT}"
    assert re.fullmatch(r"[A-Za-z0-9_-]{43}", token_of(desk))


@pytest.mark.parametrize("headers", [{}, {"X-OneCard-Page": "A" * 43}, {"X-OneCard-Page": ""}])
def test_wrong_token_is_refused(desk, headers):
    status, _, body = desk.get(EVENTS, headers)
    assert status == 401 and error_code(body) == "kiosk.token"


def test_token_in_a_cookie_or_in_the_address_is_not_taken(desk):
    token = token_of(desk)
    for path, headers in (
        (EVENTS, {"Cookie": f"X-OneCard-Page={token}; token={token}"}), (f"{EVENTS}&token={token}", {}),
        (EVENTS, {"Authorization": f"Bearer {token}"}),
    ):
        assert desk.get(path, headers)[0] == 401


def test_action_with_wrong_token_is_refused(client):
    status, body = client.post(b'{"action":"help"}', {"X-OneCard-Page": "B" * 43})
    assert status == 401 and error_code(body) == "kiosk.token"


def test_action_without_the_live_stream_is_refused(client):
    status, body = client.post(b'{"action":"help"}', {"X-OneCard-Stream": "0" * 16})
    assert status == 409 and error_code(body) == "kiosk.superseded"


def test_unknown_service_point_is_refused(desk):
    status, _, body = desk.get("/kiosk/events?point=desk-9", {"X-OneCard-Page": token_of(desk)})
    assert status == 404 and error_code(body) == "kiosk.unknown-point"


def test_token_is_new_for_each_start_and_its_file_is_private(desk):
    files = [path for path in desk.state.rglob("*") if path.is_file() and token_of(desk).encode() in path.read_bytes()]
    for path in files:
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path
    for path in [desk.state, desk.state / "journal.sqlite", desk.state / "pages", desk.state / "ledger"]:
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, f"{path} is open to other users"
    assert stat.S_IMODE((desk.state / "control.sock").stat().st_mode) & 0o007 == 0


def test_token_is_in_no_log(desk):
    for log in desk.directory.glob("*.log"):
        assert token_of(desk) not in log.read_text(errors="replace")


# --- Host, Origin


@pytest.mark.parametrize("path", ["/", "/health", EVENTS, "/assets/kiosk.js"])
@pytest.mark.parametrize("host", ["evil.example", "localhost", "127.0.0.1", "127.0.0.1:1"])
def test_foreign_host_is_misdirected(desk, path, host):
    """No name bound to the loopback address by somebody else reaches the page."""
    status, _, body = desk.get(path, {"Host": host, "X-OneCard-Page": token_of(desk)})
    assert status == 421 and error_code(body) == "kiosk.host"


@pytest.mark.parametrize("path", ["/health", EVENTS])
@pytest.mark.parametrize("origin", ["http://evil.example", "null", "https://127.0.0.1", "http://127.0.0.1:1"])
def test_foreign_origin_is_forbidden(desk, path, origin):
    status, _, body = desk.get(path, {"Origin": origin, "X-OneCard-Page": token_of(desk)})
    assert status == 403 and error_code(body) == "kiosk.origin"


def test_action_of_a_foreign_origin_is_forbidden(client):
    status, body = client.post(b'{"action":"help"}', {"Origin": "http://evil.example"})
    assert status == 403 and error_code(body) == "kiosk.origin"


def test_action_of_another_site_is_forbidden(client):
    status, body = client.post(b'{"action":"help"}', {"Sec-Fetch-Site": "cross-site"})
    assert status == 403 and error_code(body) == "kiosk.origin"


# --- headers


@pytest.mark.parametrize("path", ["/", "/assets/kiosk.css", "/assets/kiosk.js", "/health", EVENTS, "/nothing"])
def test_every_answer_keeps_the_page_to_itself(desk, path):
    _, headers, _ = desk.get(path)
    policy = {part.split()[0]: part.split()[1:] for part in headers["content-security-policy"].split(";")}
    assert policy["default-src"] == ["'none'"]
    assert policy["script-src"] == ["'self'"] and policy["style-src"] == ["'self'"]
    assert policy["connect-src"] == ["'self'"] and policy["img-src"] == ["'self'", "data:"]
    assert policy["base-uri"] == ["'none'"] and policy["form-action"] == ["'none'"]
    assert policy["frame-ancestors"] == [desk.simulator.origin], "framed by the simulator's desk alone"
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "set-cookie" not in headers
    assert "server" not in headers
    assert "access-control-allow-origin" not in headers


def test_event_stream_is_not_stored(desk, client):
    assert client.response_headers["cache-control"] == "no-store"
    assert client.response_headers["content-type"].startswith("text/event-stream")


@pytest.mark.browser
def test_foreign_page_cannot_frame_the_kiosk(desk, chromium):
    with chromium.context() as context:
        page = context.pages[0]
        page.route("http://evil.example/**", lambda route: route.fulfill(
            content_type="text/html", body=f"<iframe id=f src='{desk.kiosk_url}'></iframe>"))
        page.goto("http://evil.example/")
        frame = wait_until(lambda: page.frames[1] if len(page.frames) > 1 else None, "the frame")
        wait_until(lambda: "chrome-error" in frame.url or frame.url == "about:blank", "the refusal to frame", every=0.05)


# --- bodies


@pytest.mark.parametrize("size", [2049, 1 << 20])
def test_too_large_body_is_refused(client, size):
    body = b'{"action":"help"' + b" " * (size - 17) + b"}"
    status, answer = client.post(body)
    assert status == 413 and error_code(answer) == "kiosk.body-too-large"


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{}", b"[]", b"null", b'"help"', b"\xff\xfe", b'{"action":"divine"}', b'{"action":"help","x":1}',
        b'{"action":"rate","value":"3"}', b'{"action":"rate","value":4}', b'{"action":"confirmPIN","value":1}',
        b'{"action":"pinKey"}', b'{"action":"pinKey","value":""}', b'{"action":"openBenefit","value":"dibao;--"}',
        b'{"action":"language","value":"de"}', b'{"action":' + b"[" * 500 + b"]" * 500 + b"}",
    ],
    ids=lambda body: body[:24].decode(errors="replace"),
)
def test_anything_but_an_action_is_malformed(client, body):
    status, answer = client.post(body)
    assert status == 400 and error_code(answer) == "kiosk.malformed"


def test_pin_tokens_are_good_for_one_press_and_hold_no_digit(desk, client):
    desk.simulator.tap(ELDER)
    client.wait("greeting")
    pad = client.to_pad()
    keys = pad_keys(pad)
    assert len({button["data-value"] for button in keys}) == 10
    assert all(len(button["data-value"]) >= 16 for button in keys)
    first = keys[0]["data-value"]
    mark = client.mark()
    client.act("pinKey", first)
    client.wait("pinPad", after=mark, where=lambda screen: screen.entered == 1)
    later = client.screen
    assert not {key["data-value"] for key in pad_keys(later)} & {key["data-value"] for key in keys}
    client.act("pinKey", first)
    client.act("moreTime")
    client.wait("pinPad", after=client.screens.index(later) + 1)
    assert client.screen.entered == 1, "a used token adds nothing"


def pad_keys(screen) -> list[dict]:
    return [button for button in screen.buttons if button.get("data-role") == "digit"]


# --- addresses


@pytest.mark.browser
def test_no_address_of_a_journey_holds_personal_data(desk, kiosk):
    asked = []
    kiosk.page.on("request", lambda request: asked.append((request.url, request.post_data or "")))
    desk.simulator.tap(ELDER)
    kiosk.wait("greeting")
    kiosk.to_benefits(persona(ELDER).pin)
    kiosk.touch("#open-DIBAO")
    kiosk.wait("history")
    holder = persona(ELDER).holder
    assert len(asked) > 6
    for url, body in asked:
        assert url == f"http://127.0.0.1:{desk.port}{ACTIONS}"
        for secret in (holder["name"], holder["citizenNumber"], persona(ELDER).pin, token_of(desk)):
            assert urllib.parse.quote(secret) not in url and secret not in body


def test_daemon_listens_on_loopback_only(desk):
    inodes = set()
    for descriptor in os.listdir(f"/proc/{desk.daemon.pid}/fd"):
        with contextlib.suppress(OSError):
            target = os.readlink(f"/proc/{desk.daemon.pid}/fd/{descriptor}")
            if target.startswith("socket:["):
                inodes.add(target[8:-1])
    listening = []
    for table in ("tcp", "tcp6"):
        for line in pathlib.Path(f"/proc/net/{table}").read_text().splitlines()[1:]:
            fields = line.split()
            if fields[3] == "0A" and fields[9] in inodes:
                listening.append(fields[1])
    assert listening == [f"0100007F:{desk.port:04X}"]


def test_health_page_holds_no_personal_data(desk, client):
    desk.simulator.tap(ELDER)
    client.wait("greeting")
    status, _, body = desk.get("/health")
    text = body.decode()
    assert status in (200, 503)
    assert set(json.loads(text)) == {"status", "version", "components"}
    assert persona(ELDER).masked_name not in text and persona(ELDER).holder["citizenNumber"] not in text
    assert "r1:" not in text and "c1:" not in text


# --- not simulated


@pytest.fixture(scope="module")
def real_keys(town):
    """The development keys, said to be of production: a real station refuses the others."""
    directory = town.directory / "keys-production"
    shutil.copytree(town.keys, directory)
    for path in directory.iterdir():
        path.write_text(path.read_text().replace(" development ", " production "))
    return directory


def real_station(name: str, town, real_keys, simulator) -> Station:
    station = Station(name, town, simulated=False, simulator=simulator)
    station.document["keys"] = str(real_keys)
    station.write_configuration()
    station.import_ledger(town.ledger)
    return station


def test_real_station_ignores_the_socket_variable(desk, town, real_keys):
    """Without `simulated: true` PCSCLITE_CSOCK_NAME is as if it were not set."""
    station = real_station("real-socket", town, real_keys, desk.simulator)
    try:
        station.start_daemon()
        client = station.client()
        with contextlib.closing(client):
            client.wait_now("idle", where=lambda screen: screen.code is not None)
            desk.simulator.tap(ELDER)
            assert holds_for(lambda: client.screen.kind == "idle" and client.screen.code is not None, 1.0)
            assert 'class="watermark"' not in client.screen.html
        status, headers, _ = station.get("/")
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["x-frame-options"] == "DENY"
        assert not [row for row in station.journal.rows() if row.kind == "CardInserted"]
    finally:
        station.daemon.kill()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may lay the simulator's socket over /run/pcscd")
def test_real_station_refuses_simulated_readers(desk, town, real_keys):
    """Even when the machine's own pcscd has simulated readers."""
    station = real_station("real-readers", town, real_keys, desk.simulator)
    os.makedirs("/run/pcscd", exist_ok=True)
    inside = f'mount --bind "{desk.simulator.state}" /run/pcscd && exec "$@"'
    try:
        station.start_daemon(prefix=["unshare", "-m", "bash", "-c", inside, "inside"], PCSCLITE_CSOCK_NAME=None)
        client = station.client()
        with contextlib.closing(client):
            client.wait_now("idle", where=lambda screen: screen.code == "reader.not-found")
            desk.simulator.tap(ELDER)
            assert holds_for(lambda: client.screen.kind == "idle" and client.screen.code == "reader.not-found", 1.0)
        done = subprocess.run(
            ["unshare", "-m", "bash", "-c", inside, "inside", paths.ONECARD, "statement", "--json", "--config",
             station.configuration],
            env=paths.environment(), capture_output=True, timeout=60, cwd=station.directory,
        )
        assert done.returncode == 3 and error_code(done.stdout) == "reader.not-found"
    finally:
        station.daemon.kill_group()


def test_real_station_refuses_development_keys(town):
    station = Station("real-development", town, simulated=False)
    process = Process(
        [paths.ONECARDD, "--config", station.configuration], station.directory / "onecardd", paths.environment(),
        station.directory,
    )
    assert process.popen.wait(20) in (2, 6)
    assert "development keys" in process.errors()
    for command in (["statement"], ["ledger", "info"], ["journal", "head"]):
        done = station.command(*command, "--json")
        assert done.returncode == 6 and error_code(done.stdout) == "key.development"


def test_statement_of_a_real_station_ignores_the_socket_variable(desk, town, real_keys):
    station = real_station("real-statement", town, real_keys, desk.simulator)
    desk.simulator.tap(ELDER)
    done = station.command("statement", "--json", "--timeout", "1")
    assert error_code(done.stdout) in ("pcsc.service-not-running", "pcsc.no-readers", "card.absent")
    assert persona(ELDER).masked_name not in done.stdout


def test_simulated_station_is_watermarked_everywhere(desk, client, town):
    desk.simulator.tap(ELDER)
    client.wait("greeting")
    client.to_benefits(persona(ELDER).pin)
    assert all('class="watermark"' in screen.html and "演示" in screen.text for screen in client.screens)
    assert b'class="watermark"' in desk.get("/")[2]


def test_simulated_station_without_a_desk_page_is_watermarked_too(town):
    station = Station("no-desk", town)
    del station.document["kiosk"]["simulatorOrigin"]
    station.write_configuration()
    station.import_ledger(town.ledger)
    try:
        station.start_daemon()
        _, headers, shell = station.get("/")
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert b'class="watermark"' in shell, "the shell of a simulated station is watermarked"
    finally:
        station.daemon.kill()


# --- configuration


def test_every_mistake_of_the_configuration_is_told_at_once_with_its_line(town):
    station = Station("mistakes", town)
    station.document["station"]["division"] = "4407"
    station.document["kiosk"]["port"] = 80
    station.document["colour"] = "red"
    station.document["servicePoints"][0]["limits"] = {"idle": "long"}
    station.write_configuration()
    process = Process(
        [paths.ONECARDD, "--config", station.configuration, "--check"], station.directory / "onecardd",
        paths.environment(), station.directory,
    )
    assert process.popen.wait(20) == 2
    text = process.errors()
    for word in ("division", "port", "colour", "idle"):
        assert re.search(rf"{re.escape(station.configuration.name)}:\d+.*{word}", text), f"{word} in {text}"


@pytest.mark.parametrize("name", ["station-group.key", "station-signing.key", "storage.key"])
def test_key_that_others_can_read_is_refused(town, name):
    keys = paths.WORK / f"open-keys-{name}"
    shutil.copytree(town.keys, keys)
    (keys / name).chmod(0o644)
    station = Station(f"open-{name.split('.')[0]}", town)
    station.document["keys"] = str(keys)
    station.write_configuration()
    process = Process(
        [paths.ONECARDD, "--config", station.configuration, "--check"], station.directory / "onecardd",
        paths.environment(), station.directory,
    )
    assert process.popen.wait(20) in (2, 6)
    assert "key.permissions" in process.errors()


def test_second_daemon_on_the_same_state_is_refused(desk):
    second = Process(
        [paths.ONECARDD, "--config", desk.configuration], desk.directory / "second", paths.environment(), desk.directory
    )
    assert second.popen.wait(20) != 0
    assert desk.daemon.is_running


def test_personas_are_synthetic():
    assert len(all_personas()) >= 20
    for one in all_personas().values():
        assert one.document["simulated"] == "true"
        assert one.holder.get("citizenNumber", "999999").startswith("999999")
