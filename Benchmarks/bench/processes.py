"""Programs that a run starts, and how their time and memory are taken."""

import json
import os
import pathlib
import signal
import socket
import statistics
import subprocess
import sys
import time
import typing

STOP_SECONDS = 20


class BenchFailure(Exception):
    """A program did something else than was asked."""


def say(text: str) -> None:
    """Tells the reader how far it is."""
    print(text, file=sys.stderr, flush=True)


def run(*arguments, quiet: bool = True) -> str:
    """Runs a program to its end; its standard output."""
    done = subprocess.run(
        [str(argument) for argument in arguments], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE if quiet else None, text=True,
    )
    if done.returncode != 0:
        raise BenchFailure(f"{arguments[0]} ended with {done.returncode}: {(done.stderr or '')[-2000:]}")
    return done.stdout


def measured(*arguments) -> tuple[float, float]:
    """Runs a program to its end; seconds that passed, and its largest resident memory in bytes."""
    began = time.monotonic()
    process = subprocess.Popen(
        [str(argument) for argument in arguments], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.monotonic() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise BenchFailure(f"{arguments[0]} ended with {process.returncode}")
    return seconds, usage.ru_maxrss * 1024


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Background:
    """A program that runs beside the measuring; stopped at the end of the `with`."""

    def __init__(self, arguments: list, log: pathlib.Path, **variables: str):
        self.arguments = [str(argument) for argument in arguments]
        self.log = log
        self.variables = variables

    def __enter__(self) -> typing.Self:
        with open(self.log, "wb") as log:
            self.popen = subprocess.Popen(
                self.arguments, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=os.environ | self.variables,
                start_new_session=True,
            )
        return self

    def __exit__(self, *_) -> None:
        if self.popen.poll() is None:
            self.popen.send_signal(signal.SIGTERM)
        try:
            self.popen.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.popen.kill()
            self.popen.wait()

    @property
    def pid(self) -> int:
        return self.popen.pid

    def await_text(self, text: str, seconds: float = 30) -> None:
        """Waits until the program has written a text."""
        deadline = time.monotonic() + seconds
        while text not in self.log.read_text(errors="replace"):
            self.require_alive()
            if time.monotonic() > deadline:
                raise BenchFailure(f"{self.arguments[0]} did not write '{text}' in {seconds:g} s")
            time.sleep(0.02)

    def require_alive(self) -> None:
        if self.popen.poll() is not None:
            end = self.log.read_text(errors="replace")[-2000:]
            raise BenchFailure(f"{self.arguments[0]} ended with {self.popen.returncode}: {end}")


class Worker:
    """A program that runs one round for each line of its input."""

    def __init__(self, *arguments, **variables: str):
        self.popen = subprocess.Popen(
            [str(argument) for argument in arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            env=os.environ | variables,
        )

    def __enter__(self) -> typing.Self:
        return self

    def __exit__(self, *_) -> None:
        self.popen.stdin.close()
        try:
            self.popen.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.popen.kill()
            self.popen.wait()

    def round(self, operations: int) -> dict:
        self.popen.stdin.write(f"{operations}\n")
        self.popen.stdin.flush()
        answer = self.popen.stdout.readline()
        if not answer:
            raise BenchFailure(f"{self.popen.args[0]} ended within a round")
        return json.loads(answer)


class Turns(typing.NamedTuple):
    """What two programs did in turns."""

    ours: float
    reference: float
    ratio: float
    rounds: int
    results: list[dict]


def in_turns(ours: Worker, reference: Worker, operations: int, rounds: int) -> Turns:
    """Rounds of both, one after the other, the first of each pair changing: operations a second, and the median of ratios.

    A first round of each is not counted: it fills caches.
    """
    ours.round(operations)
    reference.round(operations)
    mine, theirs = [], []
    for number in range(rounds):
        if number % 2 == 0:
            mine.append(ours.round(operations))
            theirs.append(reference.round(operations))
        else:
            theirs.append(reference.round(operations))
            mine.append(ours.round(operations))
    ratios = [their["seconds"] / my["seconds"] for my, their in zip(mine, theirs)]
    return Turns(
        statistics.median(operations / one["seconds"] for one in mine),
        statistics.median(operations / one["seconds"] for one in theirs),
        statistics.median(ratios),
        rounds,
        mine,
    )
