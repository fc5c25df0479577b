"""A simulated station in the directory of the run: town, ledger, simulator, daemon."""

import json
import mmap
import os
import pathlib
import re
import shutil
import socket
import struct
import time

from . import layout
from .layout import Workspace
from .processes import Background, BenchFailure, free_port, measured, run, say

DIVISION = "440703001001"


class Station:
    """What the rows need of a station; each part is made when it is first asked for."""

    def __init__(self, workspace: Workspace, residents: int):
        self.workspace = workspace
        self.residents = residents
        self.records = 0
        self.port = free_port()
        self._is_made = False

    # MARK: the town

    def make_town(self) -> None:
        """Keys, configuration, the ledger file, and people out of it."""
        if self._is_made:
            return
        self._is_made = True
        say(f"making a town of {self.residents} residents")
        space = self.workspace
        run(layout.ONECARD_SIM, "keys", "--out", space.keys)
        run(
            layout.ONECARD_SIM, "town", "--out", space.town, "--keys", space.keys, "--cards", layout.CARDS, "--residents",
            self.residents, "--seed", 1, "--division", DIVISION, "--generation", 1,
        )
        names = {"STATE": space.directory, "ROOT": layout.ROOT, "KIOSK_PORT": self.port, "SIM_PORT": free_port()}
        text = (layout.ROOT / "Scripts" / "station.yaml.in").read_text(encoding="utf-8")
        space.configuration.write_text(re.sub("@([A-Z_]+)@", lambda name: str(names[name[1]]), text), encoding="utf-8")
        sample = min(250, max(self.residents // 100, 1))
        found = run(
            layout.OURS, "people", "--ledger", space.town, "--keys", space.keys, "--out", space.people, "--cards",
            space.cards, "--sample", sample,
        )
        self.records = json.loads(found)["records"]

    def import_ledger(self) -> tuple[float, float]:
        """Imports the town as if for the first time; seconds and largest memory."""
        self.make_town()
        shutil.rmtree(self.workspace.ledger_directory, ignore_errors=True)
        return measured(layout.ONECARD, "ledger", "import", self.workspace.town, "--config", self.workspace.configuration)

    def ledger(self) -> pathlib.Path:
        """The database of the imported ledger."""
        if not list(self.workspace.ledger_directory.glob("*.sqlite")):
            say("importing it")
            self.import_ledger()
        return next(self.workspace.ledger_directory.glob("*.sqlite"))

    # MARK: processes

    def simulator(self) -> "Simulator":
        self.make_town()
        return Simulator(self.workspace)

    def daemon(self, **variables: str) -> "Daemon":
        self.ledger()
        return Daemon(self.workspace, self.port, **variables)


class Simulator(Background):
    """Simulated readers behind a real pcscd of their own."""

    def __init__(self, workspace: Workspace):
        self.state = workspace.directory / "sim"
        self.socket = str(self.state / "pcscd.comm")
        self.personas = sorted(path.stem for path in workspace.cards.glob("*.yaml"))
        arguments = [layout.ONECARD_SIM, "up", "--state", self.state, "--cards", workspace.cards, "--no-desk"]
        super().__init__(arguments, workspace.directory / "simulator.log")

    def __enter__(self) -> "Simulator":
        self.state.mkdir(exist_ok=True)
        super().__enter__()
        self.await_text("pcscd ")
        return self

    def connect(self) -> socket.socket:
        """A connection for one command."""
        connection = socket.socket(socket.AF_UNIX)
        connection.settimeout(20)
        connection.connect(str(self.state / "control.sock"))
        return connection

    @staticmethod
    def line(command: str, **fields) -> bytes:
        return json.dumps({"command": command} | fields).encode() + b"\n"

    @staticmethod
    def answer(connection: socket.socket) -> None:
        """Takes the answer to a command."""
        answer = b""
        while not answer.endswith(b"\n"):
            got = connection.recv(65_536)
            if not got:
                break
            answer += got
        if b'"ok":true' not in answer:
            raise BenchFailure(f"the simulator refuses: {answer[:300]!r}")

    def ask(self, command: str, **fields) -> None:
        with self.connect() as connection:
            connection.sendall(self.line(command, **fields))
            self.answer(connection)


class Daemon(Background):
    """The shipped daemon, with the library that measures its time inside SCardTransmit."""

    def __init__(self, workspace: Workspace, port: int, **variables: str):
        self.port = port
        self.url_file = workspace.directory / "station" / "pages" / "kiosk-1.url"
        self.clock_file = workspace.directory / "transmit-clock"
        self.clock_file.write_bytes(bytes(16))
        variables |= {"LD_PRELOAD": str(workspace.transmit_clock()), "ONECARD_TRANSMIT_CLOCK": str(self.clock_file)}
        arguments = [layout.ONECARDD, "--config", workspace.configuration]
        super().__init__(arguments, workspace.directory / "onecardd.log", **variables)

    def __enter__(self) -> "Daemon":
        self.began = time.monotonic()
        super().__enter__()
        with open(self.clock_file, "rb") as file:
            self._clock = mmap.mmap(file.fileno(), 16, prot=mmap.PROT_READ)
        return self

    def transmit_seconds(self) -> float:
        """How long the daemon has been inside SCardTransmit so far."""
        return struct.unpack_from("Q", self._clock)[0] / 1e9

    def await_ready(self, seconds: float = 20) -> float:
        """Asks for its health until the answer is 200; seconds since the start of the process."""
        request = f"GET /health HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nConnection: close\r\n\r\n".encode()
        answer = b"nothing"
        while time.monotonic() < self.began + seconds:
            self.require_alive()
            try:
                with socket.create_connection(("127.0.0.1", self.port), timeout=seconds) as connection:
                    connection.sendall(request)
                    answer = connection.recv(65_536)
            except OSError:
                answer = b"nothing"
            if b" 200 " in answer.split(b"\r\n")[0]:
                return time.monotonic() - self.began
            time.sleep(0.001)
        raise BenchFailure(f"the daemon was not ready in {seconds:g} s: {answer[-500:]!r}")

    @property
    def url(self) -> str:
        return self.url_file.read_text(encoding="utf-8").strip()

    def anonymous_bytes(self) -> int:
        """Resident memory that is no file."""
        status = pathlib.Path(f"/proc/{self.pid}/status").read_text()
        return int(re.search(r"^RssAnon:\s+(\d+) kB", status, re.MULTILINE)[1]) * 1024

    def processor_seconds(self) -> float:
        """What all its threads, those that have ended too, have used of the processors."""
        # The clock of another process, as clock_getcpuclockid(3) makes it.
        return time.clock_gettime((~self.pid) << 3 | 2)


def forget_cached(path: pathlib.Path) -> None:
    """Takes a file out of the system's cache, so that it is read from the disk as after a start of the machine."""
    with open(path, "rb") as file:
        os.fsync(file.fileno())
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
