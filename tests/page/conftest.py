"""What `make demo` starts, and a browser that looks at it; both once for all tests of the page."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, expect, sync_playwright

from tests.page.held import PATIENCE, Held

ROOT = Path(__file__).parents[2]
# Nothing of a browser that calls home.
QUIET = (
    "--no-sandbox --disable-gpu --disable-quic --disable-dev-shm-usage --no-first-run --disable-sync "
    "--disable-background-networking --disable-component-update"
).split()
STOP_SECONDS = 30


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start the demo as `make demo` does, and stop it in order."""
    folder = tmp_path_factory.mktemp("demo") / "stage"
    command = [sys.executable, "-m", "simulator", "demo", "--port", "0", "--folder", str(folder)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as demo:
        assert demo.stdout is not None
        try:
            line = demo.stdout.readline()
            assert line.startswith("http://"), f"the demo did not start: {line}"
            yield line.strip()
        finally:
            demo.send_signal(signal.SIGTERM)
            assert demo.wait(STOP_SECONDS) == 0


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, or the one BROWSER_EXECUTABLE names; without any the tests fail."""
    executable = os.environ.get("BROWSER_EXECUTABLE") or shutil.which("chromium")
    assert executable, "no Chromium: name one with BROWSER_EXECUTABLE, or run make test"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=executable, args=QUIET)
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """The page of all phones; nothing may go wrong in it, and the bot may break no rule."""
    wrong: list[ConsoleMessage | Error] = []
    opened = browser.new_page(viewport={"width": 1600, "height": 1000}, locale="fa-IR")
    opened.on("console", lambda said: wrong.append(said) if said.type in ("error", "warning") else None)
    opened.on("pageerror", lambda error: wrong.append(error))  # noqa: PLW0108 playwright marks what it is given
    opened.goto(address)
    expect(opened.locator("chat-phone").first).to_be_visible(timeout=PATIENCE)
    yield opened
    expect(opened.locator(".rules")).to_be_hidden()
    assert not [str(one) for one in wrong]
    opened.close()


@pytest.fixture
def member(page: Page) -> Held:
    """Sakineh, on Bale."""
    return Held(page, "bale-5101001")


@pytest.fixture
def treasurer(page: Page) -> Held:
    return Held(page, "telegram-5101002")


@pytest.fixture
def chair(page: Page) -> Held:
    return Held(page, "telegram-5101003")


@pytest.fixture
def facilitator(page: Page) -> Held:
    return Held(page, "telegram-5101004")


@pytest.fixture
def newcomer(page: Page) -> Held:
    return Held(page, "telegram-5101017")


@pytest.fixture
def keep(page: Page) -> Callable[[str, Page], None]:
    """Keep a picture of the page in the folder KEEP_PICTURES names; a test run leaves the tree as it is."""
    folder = os.environ.get("KEEP_PICTURES")

    def kept(name: str, shown: Page) -> None:
        if folder:
            shown.evaluate("document.activeElement.blur(); document.querySelector('.phones').scrollTo(0, 0)")
            shown.screenshot(path=Path(folder) / f"{name}.png", animations="disabled")

    return kept
