"""Skip tests whose system part is missing; each marker names one.

The missing parts are listed at the end of the run; with ``CI=true`` their tests fail, so that no
continuous integration passes without them. The corpora are the exception: they are not part of the
repository, and their tests are always skipped without them.
"""

from __future__ import annotations

import os
import shutil
import signal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parent
CORPUS = ROOT.parent / "shared" / "corpus"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def has_browser() -> bool:
    return shutil.which("chromedriver") is not None and any(map(shutil.which, BROWSERS))


def has_gettext() -> bool:
    return all(map(shutil.which, ("msgfmt", "msgcat", "msgmerge")))


def has_terminal() -> bool:
    return shutil.which("tmux") is not None


PARTS: dict[str, tuple[Callable[[], bool], str]] = {
    "browser": (has_browser, "Chromium with chromedriver (apt install chromium chromium-driver)"),
    "gettext": (has_gettext, "GNU gettext (apt install gettext)"),
    "terminal": (has_terminal, "tmux (apt install tmux)"),
}


def pytest_configure() -> None:
    """Let tests interrupt their child processes, even when a shell runs pytest in the background.

    Such a shell makes its processes ignore Ctrl-C, and their children inherit that.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("corpus") and not CORPUS.is_dir():
        pytest.skip("the corpora (../shared/corpus) are not here")
    for name, (present, part) in PARTS.items():
        if item.get_closest_marker(name) and not present():
            if os.environ.get("CI") == "true":
                pytest.fail(f"continuous integration needs {part}", pytrace=False)
            pytest.skip(f"MISSING: {part}")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Run the tests of a group in one process, as ``--dist loadgroup`` should.

    pytest-xdist 3.8 adds the group to a test's id by an attribute that pytest 9.2 no longer reads.
    Without a warning the tests of a group are then spread over all processes: each started a
    browser, and several ran the embedded model at once.
    """
    if not getattr(config.option, "loadgroup", False):
        return
    for item in items:
        mark = item.get_closest_marker("xdist_group")
        if mark is not None and not item.nodeid.endswith(name := f"@{mark.args[0]}"):
            item._id = item._id.parse(item.nodeid + name)
    assert all("@" in item.nodeid for item in items if item.get_closest_marker("xdist_group"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print which system parts were missing."""
    skipped = terminalreporter.stats.get("skipped", [])
    missing = {str(report.longrepr[2]) for report in skipped if isinstance(report.longrepr, tuple)}
    for reason in sorted(reason for reason in missing if "MISSING" in reason):
        terminalreporter.write_line(f"!! {reason}: its tests did not run", red=True, bold=True)
