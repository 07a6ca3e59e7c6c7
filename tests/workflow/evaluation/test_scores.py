"""Scores are what sacrebleu's own command line says, and what a hand reckons."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from bilingual.errors import ConfigurationError
from bilingual.workflow.evaluation.scores import need, scores

if TYPE_CHECKING:
    from pathlib import Path

KOREAN = (
    ["GPT-5.4보다 5점 낮다.", "의사 1,000명이 참가했다.", ""],
    ["GPT-5.4보다 5포인트 낮다.", "의사 1,000여 명이 참여했다.", "서명했다."],
)
ENGLISH = (
    ["It trails GPT-5.4 by 5 points.", "More than 1,000 doctors took part."],
    ["It trails GPT-5.4 by five points.", "More than 1,000 physicians took part."],
)


@pytest.mark.parametrize(
    ("language", "texts", "tokenizer"),
    [("ko", KOREAN, "char"), ("en", ENGLISH, "13a")],
    ids=["ko", "en"],
)
def test_they_are_what_sacrebleus_command_line_says(
    tmp_path: Path, language: str, texts: tuple[list[str], list[str]], tokenizer: str
):
    files = [tmp_path / "drafts", tmp_path / "references"]
    for file, lines in zip(files, texts, strict=True):
        file.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "sacrebleu", files[1], "-i", files[0], "-m", "bleu", "chrf",
         "--chrf-word-order", "2", "-tok", tokenizer, "-w", "10"],
        capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip
    said = {each["name"]: each["score"] for each in json.loads(done.stdout)}
    found = scores(*texts, language)
    assert found.bleu == pytest.approx(said["BLEU"])
    assert found.chrf == pytest.approx(said["chrF2++"])
    assert f"tok:{tokenizer}" in found.signatures[1]


def test_the_same_text_scores_a_hundred_and_another_one_nothing():
    same = scores(KOREAN[1], KOREAN[1], "ko")
    assert (round(same.chrf, 6), round(same.bleu, 6)) == (100, 100)
    other = scores(["abcde"], ["가나다라마"], "ko")
    assert (other.chrf, other.bleu) == (0, 0)


def test_chrf_by_hand():
    """One word of four letters, three right: 3/4, 2/3, 1/2, 0 of 1 n-grams, and 0 of 1 word.

    Precision and recall are alike, so F is that for each order; orders that neither text has
    (5 and 6 letters, 2 words) do not count: (3/4 + 2/3 + 1/2 + 0 + 0) / 5.
    """
    assert scores(["가나다라"], ["가나다마"], "ko").chrf == pytest.approx(
        100 * (3 / 4 + 2 / 3 + 1 / 2) / 5, abs=0.01
    )


def test_without_sacrebleu_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "sacrebleu", None)
    with pytest.raises(ConfigurationError, match="pip install sacrebleu"):
        need()
