"""`onecard-sim up` with its private pcscd, and its control socket."""

import json
import pathlib
import signal
import socket
import subprocess

from .paths import CARDS, ONECARD_SIM, environment
from .processes import Process, free_port
from .waiting import PATIENCE, wait_until


class SimulatorFailure(Exception):
    """The simulator refused a command."""

    def __init__(self, error: dict):
        super().__init__(f"{error.get('code')}: {error.get('message')}")
        self.code = error.get("code")


class Simulator:
    """Simulated readers and cards behind a real pcscd."""

    def __init__(
        self, directory: pathlib.Path, readers: int = 2, kiosk_url: str | None = None, modules: tuple[str, ...] = (),
    ):
        self.directory = directory
        self.state = directory / "sim"
        self.readers = readers
        self.modules = modules
        self.kiosk_url = kiosk_url
        self.port = free_port()
        self.process: Process | None = None
        self.desk_url = ""

    @property
    def pcscd_socket(self) -> str:
        """The value of PCSCLITE_CSOCK_NAME."""
        return str(self.state / "pcscd.comm")

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> "Simulator":
        self.state.mkdir(parents=True, exist_ok=True)
        arguments = [
            ONECARD_SIM, "up", "--state", self.state, "--readers", self.readers, "--cards", CARDS, "--port", self.port,
        ]
        arguments += [word for module in self.modules for word in ("--module", module)]
        if self.kiosk_url:
            arguments += ["--kiosk-url", self.kiosk_url]
        self.process = Process(arguments, self.directory / "onecard-sim", environment(), self.directory)
        self.desk_url = self.process.await_line("desk-simulator ").split(" ", 1)[1]
        return self

    def stop(self) -> None:
        if self.process and self.process.is_running:
            self.process.stop(signal.SIGTERM)

    def ask(self, command: str, **arguments) -> dict:
        """Sends one command over the control socket."""
        question = {"command": command} | {name: value for name, value in arguments.items() if value is not None}
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
            connection.settimeout(PATIENCE)
            connection.connect(str(self.state / "control.sock"))
            connection.sendall(json.dumps(question).encode() + b"\n")
            answer = b""
            while not answer.endswith(b"\n"):
                chunk = connection.recv(1 << 16)
                if not chunk:
                    break
                answer += chunk
        decoded = json.loads(answer)
        if "error" in decoded:
            raise SimulatorFailure(decoded["error"])
        return decoded

    # MARK: hands

    def tap(self, persona: str, reader: int = 1, hold: float | None = None) -> None:
        """Puts a card onto a reader."""
        self.ask("tap", persona=persona, reader=reader, holdSeconds=hold)

    def lift(self, reader: int = 1) -> None:
        """Takes the card away."""
        self.ask("lift", reader=reader)

    def lift_any(self, reader: int) -> None:
        """Takes a card away if there is one."""
        try:
            self.lift(reader)
        except SimulatorFailure as failure:
            if failure.code != "sim.reader-empty":
                raise

    def restore(self, persona: str | None = None) -> None:
        """Makes cards that lie in no reader as new: PIN and tries."""
        self.ask("restore", persona=persona)

    def reset(self) -> None:
        """Empty readers without faults, a running pcscd, and cards as new."""
        status = self.status()
        if status["pcscd"] == "hung":
            self.pcscd("resume")
        elif status["pcscd"] == "stopped":
            self.pcscd("start")
        for reader in range(1, self.readers + 1):
            self.ask("clear", reader=reader)
            self.lift_any(reader)
        self.restore()

    # MARK: faults

    def fault(self, reader: int = 1, **faults) -> None:
        """Puts faults in force, by the names of the control socket."""
        self.ask("fault", reader=reader, faults=faults)

    def tear_out(self, command: int, phase: str, reader: int = 1) -> None:
        """Tears a card out at that command: the next card, counted from its insertion, or the one that lies there,
        counted from now."""
        self.fault(reader, removal={"command": command, "phase": phase})

    def silence(self, command: int, reader: int = 1) -> None:
        """Lets the next card fall silent from that command on, for a minute."""
        self.fault(reader, silence={"command": command, "milliseconds": 60_000})

    def pcscd(self, action: str, keeps_socket: bool = False) -> None:
        """start, stop, kill, restart, hang or resume."""
        self.ask("pcscd", action=action, keepsSocket=keeps_socket)

    # MARK: looking

    def status(self) -> dict:
        return self.ask("status")["status"]

    def reader(self, number: int = 1) -> dict:
        return next(entry for entry in self.status()["readers"] if entry["number"] == number)

    def commands(self, reader: int = 1) -> int:
        """Commands that the reader has passed to cards since the simulator started."""
        return self.reader(reader)["counters"]["commands"]

    def wait_client(self) -> None:
        """Until some program waits at pcscd; its own socket is connected then."""
        wait_until(lambda: connections(self.pcscd_socket) > 0, "a client of pcscd")

    def command(self, *arguments, check: bool = True) -> subprocess.CompletedProcess:
        """Runs the shipped command instead of speaking over the socket."""
        return subprocess.run(
            [ONECARD_SIM, *map(str, arguments)], env=environment(), capture_output=True, text=True, timeout=PATIENCE * 6,
            check=check,
        )


def connections(path: str) -> int:
    """How many connected Unix sockets bear that path."""
    count = 0
    for line in pathlib.Path("/proc/net/unix").read_text().splitlines()[1:]:
        fields = line.split()
        # State 03 is connected; the listening socket itself is 01.
        if len(fields) > 7 and fields[7] == path and fields[5] == "03":
            count += 1
    return count
