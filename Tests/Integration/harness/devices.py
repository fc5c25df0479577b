"""Simulated ID readers, printers and scanners (`onecard-sim devices`), and programs that run over them."""

import json
import pathlib
import socket

from .paths import ONECARD_SIM, ROOT, environment
from .processes import Process
from .waiting import PATIENCE, wait_until

DOCUMENTS = ROOT / "Simulators" / "Documents"
USB_SIDE = ROOT / "Simulators" / ".build" / "virtual-usb" / "onecard-virtual-usb"
PROFILES = ROOT / "DeviceProfiles"


class DeviceFailure(Exception):
    """The simulator refused a command."""


class Devices:
    """Devices of one `onecard-sim devices up`, with a program over those on USB."""

    def __init__(self, directory: pathlib.Path):
        self.state = directory / "devices"
        self.state.mkdir(parents=True, exist_ok=True)
        self.process: Process | None = None

    def start(self, *, usb: tuple[str, ...] = (), serial: tuple[str, ...] = (), program: list | None = None) -> "Devices":
        """Starts the devices; `usb` and `serial` are NAME=MODEL@PLACE."""
        arguments = [ONECARD_SIM, "devices", "up", "--state", self.state, "--documents", DOCUMENTS]
        arguments += ["--program", USB_SIDE]
        arguments += [word for device in usb for word in ("--usb", device)]
        arguments += [word for device in serial for word in ("--serial", device)]
        if program:
            arguments += ["--", *program]
        (self.state / "devices.sock").unlink(missing_ok=True)
        self.process = Process(arguments, self.state / "up", environment(), self.state)
        wait_until((self.state / "devices.sock").exists, "the control socket of the devices")
        return self

    def stop(self) -> None:
        if self.process and self.process.is_running:
            self.process.stop()

    def tell(self, name: str, command: str) -> str:
        """Does something at a device; what it answers."""
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
            connection.settimeout(PATIENCE)
            connection.connect(str(self.state / "devices.sock"))
            connection.sendall(f"{name} {command}\n".encode())
            answer = b""
            while not answer.endswith(b"\n"):
                chunk = connection.recv(1 << 16)
                if not chunk:
                    break
                answer += chunk
        text = answer.decode().rstrip("\n")
        if not text.startswith("ok"):
            raise DeviceFailure(f"{name} {command}: {text}")
        return text[3:].replace("\\n", "\n")

    def ended(self, seconds: float = PATIENCE * 2) -> tuple[int, dict]:
        """Waits for the program; its exit status, and the JSON that it printed."""
        status = self.process.popen.wait(seconds)
        output = self.process.output()
        # What was asked for with --reveal is an answer, not something that the run leaves.
        self.process.out.unlink()
        assert output.strip(), self.process.errors()[-4000:]
        return status, json.loads(output)
