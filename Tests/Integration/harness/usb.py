"""A reader that is plugged and unplugged: real pcscd and libccid over a simulated USB (`onecard-sim usb up`)."""

import pathlib
import re
import subprocess

from .paths import CARDS, ONECARD_SIM, ROOT, environment
from .processes import Process
from .simulator import Simulator
from .waiting import PATIENCE

FOLDER = ROOT / "Simulators" / "VirtualUSB"
PROGRAM = ROOT / "Simulators" / ".build" / "virtual-usb" / "onecard-virtual-usb"
DRIVER_LIST = FOLDER / "Info.plist"


class USBReader(Simulator):
    """One CCID reader; cards are tapped and lifted as with the other simulator."""

    def __init__(self, directory: pathlib.Path):
        super().__init__(directory, readers=1)

    @property
    def name(self) -> str:
        """How the PC/SC name of the reader begins."""
        text = DRIVER_LIST.read_text()
        return re.search(r"<key>ifdFriendlyName</key>\s*<array>\s*<string>([^<]+)</string>", text).group(1)

    def start(self) -> "USBReader":
        built = subprocess.run(["make", "-s", "-C", FOLDER], capture_output=True, text=True, timeout=PATIENCE * 6)
        assert built.returncode == 0, built.stderr
        self.state.mkdir(parents=True, exist_ok=True)
        arguments = [
            ONECARD_SIM, "usb", "up", "--state", self.state, "--cards", CARDS, "--program", PROGRAM, "--driver-list",
            DRIVER_LIST,
        ]
        self.process = Process(arguments, self.directory / "onecard-sim", environment(), self.directory)
        self.process.await_line("pcscd ")
        return self

    def usb(self, action: str) -> None:
        done = self.command("usb", action, "--state", self.state)
        assert done.returncode == 0, done.stderr

    def plug(self) -> None:
        """Plugs the reader; nothing happens if it is plugged."""
        self.usb("plug")

    def unplug(self) -> None:
        """Unplugs the reader, with whatever card is in it."""
        self.usb("unplug")
