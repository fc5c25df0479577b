"""A whole station: simulator with its private pcscd, keys, ledger, daemon."""

import contextlib
import http.client
import json
import pathlib
import signal
import subprocess
import time
import typing

import yaml

from .journal import JournalView
from .paths import DIVISION, ONECARD, ONECARDD, POLICY, ROOT, WORK, environment
from .processes import Process, free_port
from .simulator import Simulator
from .stream import KioskClient
from .town import Town
from .waiting import PATIENCE, wait_until

POINT = "kiosk-1"
CONTACT = 1
CONTACTLESS = 2
MODULE_SLOT = "OneCard Simulator SAM "


class Station:
    """One station in a directory of its own."""

    def __init__(
        self, name: str, town: Town, *, simulated: bool = True, limits: dict[str, int] | None = None,
        random_pad: bool = False, readers: list[dict] | None = None, simulator: Simulator | None = None,
        point: dict | None = None, module: str | None = None,
    ):
        self.directory = WORK / name
        self.directory.mkdir(parents=True, exist_ok=True)
        self.state = self.directory / "station"
        self.town = town
        self.port = free_port()
        self.simulator = simulator or Simulator(self.directory, modules=(module,) if module else ())
        self.configuration = self.directory / "station.yaml"
        self.daemon: Process | None = None
        self.kiosk_url = ""
        self.journal = JournalView(self.configuration)
        self._prefix: list = []
        service_point: dict = {
            "id": POINT,
            "kind": "kiosk",
            "readers": readers or [
                {"name": "OneCard Simulator Contact 0", "interface": "contact"},
                {"name": "OneCard Simulator Contactless 0", "interface": "contactless"},
            ],
        }
        if random_pad:
            service_point["randomPINPad"] = True
        if limits:
            service_point["limits"] = limits
        if module:
            service_point["securityModule"] = {
                "reader": MODULE_SLOT, "profile": "onecard-simulator-sam", "commands": "bfde",
                "algorithms": ["3des" if module.endswith("3des") else "sm4"],
            }
        service_point |= point or {}
        self.document: dict = {
            "station": {"id": name, "name": "蓬江区演示社区公共服务站", "division": DIVISION, "hotline": "12345"},
            "simulated": simulated,
            "state": str(self.state),
            "keys": str(town.keys),
            "policy": str(POLICY),
            "profiles": str(ROOT / "DeviceProfiles"),
            "kiosk": {"port": self.port, "simulatorOrigin": self.simulator.origin},
            "servicePoints": [service_point],
        }
        if not simulated:
            del self.document["kiosk"]["simulatorOrigin"]
        self.write_configuration()

    def write_configuration(self) -> None:
        text = yaml.safe_dump(self.document, allow_unicode=True, sort_keys=False, default_flow_style=False)
        self.configuration.write_text(text, encoding="utf-8")

    # MARK: life

    def start(self) -> "Station":
        """Imports the ledger and starts simulator and daemon."""
        self.import_ledger(self.town.ledger)
        if self.simulator.process is None:
            self.simulator.start()
        self.start_daemon()
        return self

    def import_ledger(self, path: pathlib.Path) -> None:
        done = self.command("ledger", "import", path, "--json")
        assert done.returncode == 0, done.stdout + done.stderr

    def start_daemon(self, prefix: list | None = None, **variables: str | None) -> float:
        """Starts the daemon and waits until its page can be opened; seconds that it took."""
        began = time.monotonic()
        settings = {"PCSCLITE_CSOCK_NAME": self.simulator.pcscd_socket} | variables
        arguments = [*(prefix or []), ONECARDD, "--config", self.configuration, "--print-pages"]
        self.daemon = Process(arguments, self.directory / "onecardd", environment(**settings), self.directory)
        self.kiosk_url = self.daemon.await_line("kiosk ").split(" ", 1)[1]
        return time.monotonic() - began

    def stop_daemon(self) -> tuple[int, float]:
        assert self.daemon is not None
        return self.daemon.stop(signal.SIGTERM)

    def restart_daemon(self, **variables: str | None) -> None:
        self.stop_daemon()
        self.start_daemon(**variables)

    def stop(self) -> None:
        if self.daemon and self.daemon.is_running:
            self.daemon.stop(signal.SIGTERM)
        self.simulator.stop()

    # MARK: state

    def health(self) -> dict:
        status, _, body = self.get("/health")
        assert status in (200, 503), body
        return json.loads(body)

    def get(self, path: str, headers: dict[str, str] | None = None) -> tuple[int, dict[str, str], bytes]:
        """A plain request to the kiosk server; header names of the answer in lower case."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        with contextlib.closing(connection):
            connection.request("GET", path, headers=headers or {})
            response = connection.getresponse()
            return response.status, {key.lower(): value for key, value in response.getheaders()}, response.read()

    def wait_ready(self, seconds: float = PATIENCE) -> None:
        """Until a card could be served."""
        client = self.client()
        with contextlib.closing(client):
            client.wait_now("idle", "takeCard", where=lambda screen: screen.code is None, seconds=seconds)

    def settle(self) -> None:
        """Back to an empty desk without faults and an idle page: between two tests that share a station."""
        self.clear_readers()
        client = self.client()
        with contextlib.closing(client):
            client.wait_now("idle", where=lambda screen: screen.code is None)

    def clear_readers(self) -> None:
        """Takes away every card and every fault; returns when pcscd has noticed."""
        self.simulator.reset()
        wait_until(self.readers_are_empty, "pcscd to have seen every card leave")

    def readers_are_empty(self) -> bool:
        """Whether pcscd itself has noticed: it is late while it powers a mute card."""
        done = onecard("readers", "--json", socket=self.simulator.pcscd_socket)
        if done.returncode != 0:
            return False
        # A security module stays in its slot.
        readers = [one for one in json.loads(done.stdout)["readers"] if not one["name"].startswith(MODULE_SLOT)]
        return all(one["presence"] == "empty" for one in readers)

    # MARK: commands

    def command(self, *arguments, **settings) -> subprocess.CompletedProcess:
        """`onecard …` with this station's configuration."""
        return onecard(*arguments, "--config", self.configuration, socket=self.simulator.pcscd_socket, **settings)

    def client(self) -> KioskClient:
        """A raw page, which becomes the live one."""
        return KioskClient(self.kiosk_url, POINT)

    @contextlib.contextmanager
    def page(self) -> typing.Iterator[KioskClient]:
        """A raw page on an idle station."""
        client = self.client()
        try:
            client.wait_now("idle", where=lambda screen: screen.code is None)
            yield client
        finally:
            client.close()

    def wait_rows(self, after: int, *kinds: str) -> list:
        """Rows behind a sequence number, once each of these kinds stands there."""

        def look():
            rows = self.journal.rows(after)
            return rows if set(kinds) <= {row.kind for row in rows} else None

        return wait_until(look, f"journal rows {', '.join(kinds)}", every=0.05)


def onecard(
    *arguments, socket: str | None = None, timeout: float = PATIENCE * 3, text: bool = True, **settings
) -> subprocess.CompletedProcess:
    """Runs the shipped command line."""
    return subprocess.run(
        [ONECARD, *map(str, arguments)], env=environment(PCSCLITE_CSOCK_NAME=socket), capture_output=True, text=text,
        timeout=timeout, cwd=WORK, **settings,
    )
