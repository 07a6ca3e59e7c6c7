"""The command line itself: what is loaded, what is said, and which exit code comes out."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import click
import pytest

from bilingual import __version__
from bilingual.cli.app import program
from bilingual.cli.app.commands import COMMANDS, bilingual
from bilingual.cli.app.program import run, verdict
from bilingual.errors import (
    ConfigurationError,
    ContentError,
    EngineDownError,
    EngineError,
    RefusedError,
    StorageError,
    UsageError,
)
from bilingual.model import msg

HEAVY = {
    "babel", "filelock", "jinja2", "markdown_it", "nh3", "openai", "polib", "pydantic", "sqlite3",
    "tomllib", "yaml", "xllamacpp", "bilingual.newsroom", "bilingual.workflow",
}  # fmt: skip


def start(*words: str, **options) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bilingual", *words],
        capture_output=True, encoding="utf-8", stdin=subprocess.DEVNULL, check=False, **options,
    )  # fmt: skip


@pytest.mark.parametrize("locale", ["C.UTF-8", "ko_KR.UTF-8"])
@pytest.mark.parametrize("words", ["--help", "--version"])
def test_help_loads_nothing_heavy(words, locale):
    from bilingual.i18n import words as gettext

    gettext("ko")  # a PO file that is newer than its compiled form is compiled here
    code = (
        "import sys; from bilingual.cli.app.program import run; code = run(sys.argv[1:]); "
        f"print(*({HEAVY!r} & set(sys.modules)), file=sys.stderr); sys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, words],
        capture_output=True, encoding="utf-8", check=False,
        env=os.environ | {"LC_ALL": locale, "LANGUAGE": ""},
    )  # fmt: skip
    assert done.returncode == 0
    assert done.stderr.split() == []


def test_the_list_says_what_each_command_says():
    context = click.Context(bilingual)
    for name, listing in COMMANDS.items():
        command = bilingual.get_command(context, name)
        assert command.help.split("\n")[0].rstrip(".") == listing.help
        assert command.name == name


def test_the_version_is_said():
    assert start("--version").stdout == f"bilingual {__version__}\n"


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (UsageError(msg("x")), 2),
        (ConfigurationError(msg("x")), 2),
        (ContentError(msg("x")), 2),
        (StorageError(msg("x")), 2),
        (RefusedError(msg("x")), 1),
        (EngineError(msg("x")), 3),
        (EngineDownError(msg("x")), 3),
        (KeyboardInterrupt(), 130),
        (click.Abort(), 130),
        (click.UsageError("x"), 2),
        (PermissionError(13, "Permission denied", "a.md"), 2),
        (OSError(28, "No space left on device"), 2),
        (UnicodeDecodeError("utf-8", b"\xb9", 0, 1, "invalid start byte"), 2),
        (ZeroDivisionError("x"), 2),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, BaseException) else str(value),
)
def test_each_error_has_its_exit_code_and_one_line(error, code):
    line, found = verdict(error)
    assert found == code
    assert line
    assert "\n" not in line


def test_an_error_names_file_line_problem_and_hint(capsys, monkeypatch):
    def fail(*_words, **_options):
        raise ContentError(
            msg("no end"), path="articles/x/index.en.md", line=3, hint=msg("close it")
        )

    monkeypatch.setattr(program.bilingual, "main", fail)
    assert run([]) == 2
    said = capsys.readouterr().err
    assert said == "error: articles/x/index.en.md:3: no end — close it\n"


def test_an_error_cannot_steer_the_terminal(capsys, monkeypatch):
    def fail(*_words, **_options):
        raise UsageError(msg("no article '\x1b[2J\nx'"))

    monkeypatch.setattr(program.bilingual, "main", fail)
    run([])
    assert capsys.readouterr().err == "error: no article '␛[2J x'\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["aprove"], "Did you mean approve?"),
        (["queue", "--jsn"], "'--json'"),
        (["approve", "x"], "see `bilingual approve --help`"),
        (["queue", "--order", "age"], "'risk', 'document'"),
        (["queue", "--limit", "0"], "see `bilingual queue --help`"),
        (["glossary", "chek"], "see `bilingual glossary --help`"),
    ],
)
def test_wrong_words_are_answered_in_one_line(tmp_path, words, said):
    done = start(*words, cwd=tmp_path)
    assert done.returncode == 2
    assert said in done.stderr
    assert done.stderr.startswith("error: ")
    assert done.stderr.count("\n") == 1


def test_no_message_names_a_command_that_does_not_exist():
    package = Path(program.__file__).parents[1]
    named = {
        name
        for file in package.rglob("*.py")
        for name in re.findall(r"`bilingual ([a-z]+)", file.read_text("utf-8"))
    }
    assert "segment" in named
    assert named <= set(COMMANDS)


def test_without_a_command_the_help_is_shown(tmp_path):
    done = start(cwd=tmp_path)
    assert done.returncode == 2
    assert "Commands:" in done.stderr
    assert "\n  segment " in done.stderr


def test_debugging_shows_where(tmp_path):
    done = start("queue", cwd=tmp_path, env=os.environ | {"BILINGUAL_DEBUG": "1"})
    assert "Traceback" in done.stderr
    assert done.stderr.splitlines()[-1].startswith("error: ")


def test_completion_offers_commands_and_slugs(newsroom):
    environment = os.environ | {"_BILINGUAL_COMPLETE": "bash_complete", "COMP_CWORD": "1"}
    done = start(cwd=newsroom.root, env=environment | {"COMP_WORDS": "bilingual se"})
    assert done.stdout.split() == ["plain,segment"]
    environment |= {"COMP_CWORD": "2", "COMP_WORDS": "bilingual segment sp"}
    done = start(cwd=newsroom.root, env=environment)
    assert done.stdout.split() == ["plain,spark"]


def test_no_colour_reaches_what_is_no_terminal(newsroom):
    environment = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    for words in (["segment"], ["queue"], ["status"], ["nope"]):
        done = start(*words, cwd=newsroom.root, env=environment)
        assert "\x1b" not in done.stdout + done.stderr


def test_data_goes_to_stdout_and_words_to_stderr(newsroom):
    start("segment", cwd=newsroom.root)
    done = start("queue", "--json", cwd=newsroom.root)
    assert json.loads(done.stdout)["version"] == 1
    assert done.stderr == ""
    assert "units wait" in start("queue", cwd=newsroom.root).stderr


def test_a_decision_needs_a_name(newsroom, monkeypatch):
    start("segment", cwd=newsroom.root)
    (unit, *_rest) = newsroom.catalog("spark", "ko").live
    words = ["edit", "spark", unit.id, "--text", "제목"]
    environment = {"PATH": "", "HOME": os.environ["HOME"], "USER": "김편집"}
    assert start(*words, cwd=newsroom.root, env=environment).returncode == 0
    assert newsroom.catalog("spark", "ko").live[0].target.reviewer == "김편집"


@pytest.mark.skipif(not Path("/proc/self/syscall").exists(), reason="needs Linux's /proc")
def test_an_interrupted_command_says_that_work_is_saved(newsroom):
    process = subprocess.Popen(
        [sys.executable, "-m", "bilingual", "edit", "spark", "x", "--as", "Kim"],
        cwd=newsroom.root, stdin=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
    )  # fmt: skip
    # A signal before Python is up would end it in the usual way.
    while not reads_input(process.pid):
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate()
    assert process.returncode == 130
    assert "interrupted; finished work is saved" in said


def reads_input(pid: int) -> bool:
    """Return True while the process sleeps in ``read(0, …)`` (0 or 63 by the processor)."""
    call = Path(f"/proc/{pid}/syscall").read_text("ascii").split()
    return call[0] in ("0", "63") and call[1] == "0x0"
