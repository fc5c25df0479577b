"""Processes that a test starts: output in files, ends checked, nothing left behind."""

import os
import pathlib
import signal
import socket
import subprocess
import time

from .waiting import PATIENCE, wait_until

_started: list["Process"] = []


class Process:
    """A process with its output in `<log>.out` and `<log>.log`, leader of a group of its own."""

    def __init__(self, arguments: list, log: pathlib.Path, environment: dict[str, str], directory: pathlib.Path):
        self.arguments = [str(argument) for argument in arguments]
        self.out = log.with_suffix(".out")
        self.log = log.with_suffix(".log")
        log.parent.mkdir(parents=True, exist_ok=True)
        self._began_at = self.log.stat().st_size if self.log.exists() else 0
        with open(self.out, "wb") as out, open(self.log, "ab") as err:
            self.popen = subprocess.Popen(
                self.arguments, stdout=out, stderr=err, stdin=subprocess.DEVNULL, env=environment, cwd=directory,
                start_new_session=True,
            )
        _started.append(self)

    @property
    def pid(self) -> int:
        return self.popen.pid

    @property
    def is_running(self) -> bool:
        return self.popen.poll() is None

    def output(self) -> str:
        return self.out.read_text(errors="replace")

    def errors(self) -> str:
        """The error stream of this start of the process."""
        with open(self.log, "rb") as file:
            file.seek(self._began_at)
            return file.read().decode(errors="replace")

    def await_line(self, beginning: str, seconds: float = PATIENCE) -> str:
        """The first line of the output that begins so."""

        def look() -> str | None:
            for line in self.output().splitlines(keepends=True):
                if line.startswith(beginning) and line.endswith("\n"):
                    return line.rstrip("\n")
            if not self.is_running:
                raise AssertionError(
                    f"{self.arguments[0]} ended with {self.popen.returncode} before '{beginning}':\n{self.errors()[-4000:]}"
                )
            return None

        return wait_until(look, f"'{beginning}' of {self.arguments[0]}\n{self.errors()[-4000:]}", seconds)

    def send(self, number: signal.Signals) -> None:
        if self.is_running:
            self.popen.send_signal(number)

    def stop(self, number: signal.Signals = signal.SIGTERM, seconds: float = PATIENCE) -> tuple[int, float]:
        """Asks the process to end; its status and how long that took."""
        began = time.monotonic()
        self.send(number)
        try:
            status = self.popen.wait(seconds)
        except subprocess.TimeoutExpired:
            self.kill()
            raise AssertionError(f"{self.arguments[0]} did not end within {seconds:g} s of {number.name}") from None
        return status, time.monotonic() - began

    def kill(self) -> None:
        """Ends it at once, as a crash would."""
        self.send(signal.SIGKILL)
        self.popen.wait(PATIENCE)

    def kill_group(self) -> None:
        """Ends it with all that it started and that stayed in its group."""
        try:
            os.killpg(self.pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            pass
        if self.is_running:
            self.popen.kill()
        self.popen.wait(PATIENCE)


def end_all() -> None:
    """Ends everything that tests left running."""
    for process in _started:
        process.kill_group()
    _started.clear()


def free_port() -> int:
    """A loopback port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def children_of(pid: int) -> set[int]:
    """All processes below `pid`."""
    parents = {}
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                fields = pathlib.Path("/proc", entry, "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            parents[int(entry)] = int(fields[1])
    found: set[int] = set()
    frontier = {pid}
    while frontier:
        frontier = {child for child, parent in parents.items() if parent in frontier} - found
        found |= frontier
    return found


def processes_with(text: str) -> list[int]:
    """Living processes whose command line holds `text`, without zombies and this one."""
    found = []
    for entry in os.listdir("/proc"):
        if not entry.isdigit() or int(entry) == os.getpid():
            continue
        try:
            command = pathlib.Path("/proc", entry, "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue
        if text in command:
            found.append(int(entry))
    return found
