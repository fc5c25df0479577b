"""`Scripts/run`: two addresses, a working kiosk and desk, and nothing left at Ctrl-C. Uses the binaries that are built."""

import os
import re
import signal
import subprocess

import pytest
from playwright.sync_api import expect

from harness import paths
from harness.kiosk import Kiosk
from harness.processes import Process, children_of, free_port, processes_with
from harness.personas import ELDER, persona
from harness.waiting import wait_until

pytestmark = pytest.mark.browser

START_SECONDS = 90


@pytest.fixture(scope="module")
def built():
    """A `swift` that builds nothing: the script must run what is there."""
    directory = paths.WORK / "run-script" / "bin"
    directory.mkdir(parents=True, exist_ok=True)
    fake = directory / "swift"
    fake.write_text("#!/bin/sh\nexit 0\n")
    fake.chmod(0o755)
    return directory


class Running:
    """The script with its two addresses."""

    def __init__(self, built, name: str):
        self.state = paths.WORK / "run-script" / name
        self.kiosk_port, self.desk_port = free_port(), free_port()
        environment = paths.environment(
            PATH=f"{built}:{os.environ['PATH']}", ONECARD_STATE=str(self.state), ONECARD_RESIDENTS="30",
            ONECARD_KIOSK_PORT=str(self.kiosk_port), ONECARD_SIM_PORT=str(self.desk_port),
        )
        self.process = Process([paths.ROOT / "Scripts" / "run"], paths.WORK / "run-script" / f"{name}-run", environment, paths.ROOT)
        self.kiosk = self.process.await_line("kiosk ", START_SECONDS).split(" ", 1)[1]
        self.desk = self.process.await_line("desk-simulator ", START_SECONDS).split(" ", 1)[1]


@pytest.fixture(scope="module")
def script(built):
    running = Running(built, "state")
    yield running
    running.process.kill_group()


def test_prints_one_line_for_each_address(script):
    assert script.process.output().splitlines() == [f"kiosk {script.kiosk}", f"desk-simulator {script.desk}"]
    assert script.kiosk.startswith(f"http://127.0.0.1:{script.kiosk_port}/")
    assert script.desk.startswith(f"http://127.0.0.1:{script.desk_port}/")


def test_card_dragged_onto_a_reader_of_the_desk_is_served_at_the_kiosk(script, chromium):
    with chromium.context({"width": 1600, "height": 1000}) as context:
        page = context.pages[0]
        page.goto(script.desk)
        card = page.locator(f'#cards .card[data-persona="{ELDER}"]')
        slot = page.locator('.slot[data-reader="1"]')
        card.wait_for()
        # A frame locator waits by itself; a look at `page.frames` would hear of no new frame between two looks.
        frame = page.frame_locator(f'iframe[src*=":{script.kiosk_port}"]')
        frame.locator('[data-screen="idle"]').wait_for()
        page.screenshot(path=str(paths.SCREENSHOTS / "desk-1-empty.png"))
        card.drag_to(slot)
        frame.locator('[data-screen="greeting"]').wait_for()
        expect(frame.locator("h1").first).to_contain_text(persona(ELDER).masked_name)
        page.screenshot(path=str(paths.SCREENSHOTS / "desk-2-card.png"))
        page.locator('.reader[data-reader="1"] [data-action="lift"]').click()
        frame.locator('[data-screen="idle"]').wait_for()
        assert "token" not in page.url


def test_kiosk_page_works_by_itself(script, chromium):
    with chromium.kiosk(script.kiosk, "run-script-kiosk") as kiosk:
        kiosk.wait("idle")
        done = subprocess.run(
            [paths.ONECARD_SIM, "tap", ELDER, "--state", script.state / "sim"], env=paths.environment(),
            capture_output=True, text=True, timeout=30,
        )
        assert done.returncode == 0, done.stderr
        kiosk.wait("greeting")
        kiosk.to_benefits(persona(ELDER).pin)
        assert isinstance(kiosk, Kiosk)
        subprocess.run(
            [paths.ONECARD_SIM, "lift", "--state", script.state / "sim"], env=paths.environment(), check=True, timeout=30,
            capture_output=True,
        )
        kiosk.wait("idle")


def test_control_socket_and_keys_are_private(script):
    assert (script.state / "sim" / "control.sock").stat().st_mode & 0o077 == 0
    for key in (script.state / "keys").iterdir():
        assert key.suffix == ".pub" or key.stat().st_mode & 0o077 == 0, key


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_stops_everything(built, number):
    running = Running(built, f"stop-{number.name.lower()}")
    below = children_of(running.process.pid)
    assert len(below) >= 3, "daemon, simulator, pcscd"
    # A terminal sends Ctrl-C to the whole foreground group.
    if number == signal.SIGINT:
        os.killpg(running.process.pid, number)
    else:
        running.process.send(number)
    running.process.popen.wait(30)
    wait_until(lambda: not processes_with(str(running.state)), "the end of every process")
    alive = [pid for pid in below if os.path.exists(f"/proc/{pid}") and not is_zombie(pid)]
    assert alive == []


def is_zombie(pid: int) -> bool:
    try:
        return re.search(r"^State:\s+Z", open(f"/proc/{pid}/status").read(), re.M) is not None
    except OSError:
        return True


def test_help_names_the_variables():
    done = subprocess.run([paths.ROOT / "Scripts" / "run", "--help"], capture_output=True, text=True, timeout=30)
    assert done.returncode == 0
    for word in ("ONECARD_KIOSK_PORT", "ONECARD_SIM_PORT", "Ctrl-C"):
        assert word in done.stdout
