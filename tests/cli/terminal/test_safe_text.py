"""What an article holds cannot steer the terminal that shows it."""

from __future__ import annotations

import pytest

from bilingual.cli.app.options import visible_styled
from bilingual.cli.terminal.safe_text import one_line, visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred\x1b[0m", "␛[31mred␛[0m"),
        ("\x1b]0;title\x07", "␛]0;title␇"),
        ("\r지움", "␍지움"),
        ("\x9b31m", "<U+009B>31m"),
        ("a\u202ecba", "a<U+202E>cba"),
        ("\x7f", "<U+007F>"),
        ("탭\t칸", "탭 칸"),
        ("두\n줄", "두\n줄"),
        ("\udc80", "<U+DC80>"),
        ("👩\u200d💻 한글", "👩\u200d💻 한글"),
    ],
)
def test_controls_are_shown_instead_of_sent(text, shown):
    assert visible(text) == shown


def test_one_line_is_one_line():
    assert one_line("첫째\n둘째\t셋째  \x1b") == "첫째 둘째 셋째 ␛"


def test_our_own_colours_pass_and_cursor_movements_do_not():
    assert visible_styled("\x1b[31mred\x1b[0m") == "\x1b[31mred\x1b[0m"
    assert visible_styled("\x1b[2Jgone") == "␛[2Jgone"
