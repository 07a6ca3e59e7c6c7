"""The review screen on a real terminal, with Korean text: what a reviewer sees and types."""

from __future__ import annotations

import os
import shlex
import stat
import subprocess
import sys
import termios
import time
import unicodedata
import uuid
from dataclasses import replace

import pytest

from bilingual.language.width import width
from bilingual.model import State, Target
from bilingual.workflow.segment import segment

pytestmark = pytest.mark.terminal

ARTICLE = """\
---
title: 메타, 뮤즈 스파크를 공개하다
---

## 점수는 52점, 그래도 이야깃거리는 많다

메타 슈퍼인텔리전스 랩스가 내놓은 첫 모델 뮤즈 스파크는 종합 지능 지수에서 52점을 받았다.
1,000명이 넘는 의사가 참여했다는 점은 특히 눈에 띈다.

“시작일 뿐이다”라고 그는 말했다.
"""
TITLE = "메타, 뮤즈 스파크를 공개하다"
HEADING = "점수는 52점, 그래도 이야깃거리는 많다"
QUOTE = "“시작일 뿐이다”라고 그는 말했다."
DRAFTS = {
    TITLE: "Meta unveils Muse Spark",
    HEADING: "It scores 52, and there is much to tell",
    QUOTE: "“It is only a start,” he said.",
}
PATIENCE = 60.0
"""Seconds until a screen that does not come counts as missing; a busy machine is slow."""
LOCAL = 3
"""Where a terminal's attributes have the local modes."""


class Terminal:
    """One tmux window that runs one command."""

    def __init__(self, folder, columns: int, rows: int = 50, **environment: str) -> None:
        self.socket = f"bilingual-{uuid.uuid4().hex[:8]}"
        bilingual = f"{shlex.quote(sys.executable)} -m bilingual"
        script = f"trap : INT; {bilingual} review --as 김편집; echo left with $?; cat"
        variables = [f"{name}={value}" for name, value in environment.items()]
        self.tmux(
            "-u", "-f", "/dev/null", "new-session", "-d", "-x", str(columns), "-y", str(rows),
            "-c", str(folder), "env", "-u", "VISUAL", "-u", "EDITOR", *variables,
            "sh", "-c", script,
        )  # fmt: skip
        self.tty = self.tmux("display-message", "-p", "#{pane_tty}").strip()

    def tmux(self, *words: str) -> str:
        done = subprocess.run(
            ["tmux", "-L", self.socket, *words], capture_output=True, check=True, encoding="utf-8"
        )
        return done.stdout

    def screen(self) -> list[str]:
        return self.tmux("capture-pane", "-p").splitlines()

    def wait(self, *words: str) -> str:
        """Return the screen as soon as it holds all ``words`` and, with them, the keys."""
        if any("/" in word for word in words):
            words = (*words, "q quit")
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            text = "\n".join(self.screen())
            if all(word in text for word in words):
                return text
            time.sleep(0.05)
        pytest.fail(f"{words} never came:\n" + "\n".join(self.screen()))

    def press(self, key: str) -> None:
        """Press a key that decides, once keys are read: what was typed before is not taken."""
        end = time.monotonic() + PATIENCE
        tty = os.open(self.tty, os.O_RDONLY | os.O_NOCTTY)
        try:
            while termios.tcgetattr(tty)[LOCAL] & termios.ICANON:
                assert time.monotonic() < end, "nobody reads keys"
                time.sleep(0.01)
        finally:
            os.close(tty)
        self.tmux("send-keys", key)

    def type(self, text: str) -> None:
        """Answer a question with one line."""
        self.tmux("send-keys", "-l", text)
        self.tmux("send-keys", "Enter")

    def close(self) -> None:
        subprocess.run(["tmux", "-L", self.socket, "kill-server"], check=False, capture_output=True)


@pytest.fixture
def newsroom(make_newsroom):
    newsroom = make_newsroom({"spark/ko": ARTICLE})
    segment(newsroom, [])

    def draft(catalog):
        entries = tuple(
            replace(
                each,
                target=Target(
                    DRAFTS.get(each.source, "A long draft."), State.TRANSLATED, "mt:scripted/one"
                ),
            )
            for each in catalog.entries
        )
        return replace(catalog, entries=entries)

    newsroom.change(newsroom.article("spark"), "en", draft)
    return newsroom


@pytest.fixture
def terminal(newsroom):
    opened = []

    def start(columns: int = 80, **environment: str) -> Terminal:
        opened.append(Terminal(newsroom.root, columns, **environment))
        return opened[-1]

    yield start
    for each in opened:
        each.close()


def target(newsroom, source):
    return next(e.target for e in newsroom.catalog("spark", "en").live if e.source == source)


def script(path, body: str) -> str:
    """Return the path of an editor that is a shell script; ``$1`` is the file to edit."""
    path.write_text(f"#!/bin/sh\n{body}\n", "utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


@pytest.mark.parametrize("columns", [60, 80])
def test_korean_is_wrapped_to_the_terminal(terminal, columns):
    window = terminal(columns)
    window.wait(TITLE, "1/4")
    window.press("s")
    window.wait(HEADING, "2/4")
    window.press("s")
    text = window.wait("눈에 띈다.", "3/4")
    head = text.splitlines()[0]
    assert head.startswith("spark  ko → en")
    assert head.endswith("3/4"), text
    assert width(head) == columns - 1
    # A line that is too wide would go on in the next row, at the margin.
    source = text.split("Source (ko)\n")[1].split("\n\nTranslation")[0].splitlines()
    assert all(line.startswith("  ") and width(line) < columns for line in source)
    whole = " ".join(line.strip() for line in source)
    assert whole == " ".join(ARTICLE.split("\n\n")[2].split())


def test_one_key_approves_and_saves_at_once(terminal, newsroom):
    window = terminal()
    window.wait(TITLE)
    window.press("a")
    window.wait(HEADING, "2/4")
    assert target(newsroom, TITLE).approved
    assert target(newsroom, TITLE).reviewer == "김편집"


def test_the_key_counts_in_hangul_mode_too(terminal, newsroom):
    window = terminal()
    window.wait(TITLE)
    window.press("ㅁ")
    window.wait("2/4")
    assert target(newsroom, TITLE).approved


def test_going_back_shows_what_was_decided(terminal):
    window = terminal()
    window.wait(TITLE)
    window.press("a")
    window.wait("2/4")
    window.press("Left")
    assert "reviewed" in window.wait("1/4", TITLE)


def test_a_translation_written_in_the_editor_is_reviewed(terminal, newsroom, tmp_path):
    editor = script(
        tmp_path / "editor.sh",
        """sed -i -e 's/^Meta unveils.*/# Meta’s Muse Spark, 뮤즈 스파크/' "$1" """,
    )
    window = terminal(EDITOR=editor)
    window.wait(TITLE)
    window.press("e")
    window.wait("2/4")
    assert target(newsroom, TITLE).text == "# Meta’s Muse Spark, 뮤즈 스파크"
    assert target(newsroom, TITLE).origin == "human:김편집"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("true", "nothing changed"),
        (': > "$1"', "nothing changed"),
        ("exit 3", "with 3;"),
        ("""sed -i '/>8/d' "$1" """, "the cut line"),
    ],
)
def test_an_editor_that_changes_nothing_or_fails_changes_nothing(
    terminal, newsroom, tmp_path, body, said
):
    before = target(newsroom, TITLE)
    window = terminal(100, EDITOR=script(tmp_path / "editor.sh", body))
    window.wait(TITLE)
    window.press("e")
    window.wait(said, "1/4")
    assert target(newsroom, TITLE) == before


def test_what_a_failing_editor_left_is_kept(terminal, newsroom, tmp_path):
    editor = script(tmp_path / "editor.sh", """echo '내가 쓴 글' >> "$1"; exit 1""")
    window = terminal(EDITOR=editor, TMPDIR=str(tmp_path))
    window.wait(TITLE)
    window.press("e")
    window.wait("your text is in")
    (kept,) = tmp_path.glob("bilingual-*/unit.md")
    assert "내가 쓴 글" in kept.read_text("utf-8")


def test_without_an_editor_the_translation_is_typed_in_a_line(terminal, newsroom):
    window = terminal()
    window.wait(TITLE)
    window.press("e")
    window.wait("> Meta unveils Muse Spark")
    window.press("C-u")
    window.type(unicodedata.normalize("NFD", "뮤즈 스파크 공개"))
    window.wait("2/4")
    assert target(newsroom, TITLE).text == "뮤즈 스파크 공개"


def test_a_rejected_draft_is_taken_back_with_its_reason(terminal, newsroom):
    window = terminal()
    window.wait(TITLE)
    window.press("r")
    window.wait("Reason:")
    window.type("제목이 너무 길다")
    window.wait("2/4")
    assert target(newsroom, TITLE).state is State.INITIAL
    assert target(newsroom, TITLE).failure == "제목이 너무 길다"


def test_a_comment_stays_on_the_screen(terminal):
    window = terminal()
    window.wait(TITLE)
    window.press("c")
    window.wait("Note:")
    window.type("고유명사 확인")
    window.wait("1/4", "김편집: 고유명사 확인")


def test_somebody_elses_change_is_shown_before_it_can_be_approved(terminal, newsroom):
    window = terminal()
    window.wait(TITLE)

    def change(catalog):
        entries = tuple(
            replace(e, target=replace(e.target, text="Muse Spark is out"))
            if e.source == TITLE
            else e
            for e in catalog.entries
        )
        return replace(catalog, entries=entries)

    newsroom.change(newsroom.article("spark"), "en", change)
    window.press("a")
    window.wait("Muse Spark is out", "1/4", "changed since it was shown")
    assert not target(newsroom, TITLE).approved
    window.press("a")
    window.wait("2/4")
    assert target(newsroom, TITLE).approved


def test_control_c_loses_nothing(terminal, newsroom):
    window = terminal()
    window.wait(TITLE)
    window.press("a")
    window.wait("2/4")
    window.press("C-c")
    assert "interrupted; finished work is saved" in window.wait("left with 130")
    assert target(newsroom, TITLE).approved
    assert not target(newsroom, HEADING).approved


def test_control_c_in_a_question_decides_nothing(terminal, newsroom):
    window = terminal()
    window.wait(TITLE)
    window.press("r")
    window.wait("Reason:")
    window.press("C-c")
    window.wait("left with 130")
    assert target(newsroom, TITLE).state is State.TRANSLATED


def test_quitting_prints_the_decisions(terminal):
    window = terminal()
    window.wait(TITLE)
    window.press("a")
    window.wait("2/4")
    window.press("q")
    assert "approved: 1" in window.wait("left with 0")


def test_the_screen_speaks_korean_in_a_korean_locale(terminal):
    window = terminal(LC_ALL="ko_KR.UTF-8")
    window.wait("원문", "승인", TITLE)


def test_an_article_cannot_steer_the_terminal(make_newsroom, tmp_path):
    newsroom = make_newsroom({"trap/ko": "위험한 \x1b[2J\x1b]0;제목\x07 글\n"})
    segment(newsroom, [])
    window = Terminal(newsroom.root, 80)
    try:
        assert "위험한 ␛[2J␛]0;제목␇ 글" in window.wait("위험한")
    finally:
        window.close()
