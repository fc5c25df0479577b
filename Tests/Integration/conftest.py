"""Fixtures of the whole-stack tests, and the frame around a run: one work directory, searched for leaks at the end."""

import os
import pathlib
import re
import shutil
import sys

import playwright.sync_api
import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

from harness import paths, processes  # noqa: E402
from harness.kiosk import Chromium, opened  # noqa: E402
from harness.station import Station  # noqa: E402
from harness.town import Town  # noqa: E402
from harness.waiting import PATIENCE  # noqa: E402

SEED = int(os.environ.get("SIMULATION_SEED", "20261121")[:12], 16)


def pytest_configure(config: pytest.Config) -> None:
    if config.option.collectonly:
        return
    shutil.rmtree(paths.WORK, ignore_errors=True)
    shutil.rmtree(paths.SCREENSHOTS, ignore_errors=True)
    paths.MEASUREMENTS.unlink(missing_ok=True)
    for directory in (paths.WORK, paths.WORK / "tmp", paths.SCREENSHOTS):
        directory.mkdir(parents=True, exist_ok=True)
    os.environ["TMPDIR"] = str(paths.WORK / "tmp")
    playwright.sync_api.expect.set_options(timeout=PATIENCE * 1000)


def pytest_report_header(config: pytest.Config) -> str:
    return f"binaries {paths.BINARIES}, seed {SEED:x} (SIMULATION_SEED)"


def pytest_unconfigure(config: pytest.Config) -> None:
    processes.end_all()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo):
    """The end of every log of the station stands beside a failure."""
    report = yield
    if report.failed:
        report.sections.append(("seed", f"{SEED:x}"))
        station = next((value for value in getattr(item, "funcargs", {}).values() if isinstance(value, Station)), None)
        for log in sorted(station.directory.glob("*.log")) if station else []:
            lines = log.read_text(errors="replace").splitlines()[-12:]
            report.sections.append((log.name, "\n".join(lines)))
    return report


@pytest.fixture(scope="session")
def seed() -> int:
    """The seed of everything random in a run; told with each failure."""
    return SEED


def need(is_there: bool, reason: str) -> None:
    """Skips a test that this machine cannot run; where CI is set, everything must be there."""
    if not is_there:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(reason)


@pytest.fixture(scope="session")
def tracing() -> None:
    need(
        os.geteuid() == 0 and shutil.which("strace") is not None,
        "strace, and root to trace the memory of a process that has switched dumps off",
    )


@pytest.fixture(scope="session")
def simulated_usb() -> None:
    need(shutil.which("umockdev-run") is not None, "umockdev is not installed (apt-get install umockdev)")


@pytest.fixture(scope="session")
def town() -> Town:
    """Development keys and a small town with all personas."""
    return Town(paths.WORK / "town")


def station_name(request: pytest.FixtureRequest) -> str:
    """A short name from the module: socket paths have a limit."""
    return re.sub(r"[^a-z0-9]+", "-", request.module.__name__.removeprefix("test_"))[:24]


@pytest.fixture(scope="module")
def station(request: pytest.FixtureRequest, town: Town):
    """A running station that the tests of a module share; a module may set STATION with options."""
    options = getattr(request.module, "STATION", {})
    station = Station(station_name(request), town, **options)
    try:
        yield station.start()
    finally:
        station.stop()


@pytest.fixture
def desk(station: Station) -> Station:
    """The shared station with empty readers, no faults and an idle page."""
    station.clear_readers()
    if not station.daemon.is_running:
        station.start_daemon()
    station.settle()
    return station


@pytest.fixture(scope="session")
def chromium():
    """Debian's Chromium, driven by Playwright; profiles stand in the work directory."""
    with playwright.sync_api.sync_playwright() as driver:
        yield Chromium(driver)


@pytest.fixture(scope="module")
def browser(chromium: Chromium):
    """One browser for the tests of a module, each with a tab of its own."""
    with chromium.context() as context:
        yield context


@pytest.fixture
def kiosk(request: pytest.FixtureRequest, desk: Station, browser):
    """The kiosk page in Chromium on the idle station; the last picture of each test is kept."""
    with opened(browser, desk.kiosk_url, test_name(request)) as kiosk:
        kiosk.wait("idle")
        yield kiosk


def test_name(request: pytest.FixtureRequest) -> str:
    """The name of the test as the name of a file."""
    return re.sub(r"[^A-Za-z0-9_.-]+", "-", request.node.name).strip("-")


@pytest.fixture
def client(desk: Station):
    """A raw page on the idle station."""
    with desk.page() as client:
        yield client

