"""Answers with every id once and a text in another's row, over real HTTP: caught, not used.

Only the texts can tell, so the model's translations are real ones here.
"""

from __future__ import annotations

import json

import pytest

from bilingual.testing.provider.server import FailedResponse, ScriptedServer, asked
from bilingual.workflow.translate import translate

HEARING = {
    "What the committee heard about labels": "위원회가 라벨에 대해 들은 것",
    "The committee heard on Tuesday that companies want more time to label what they make.": (
        "위원회는 화요일 기업들이 만드는 것에 라벨을 붙일 시간을 더 원한다는 말을 들었다."
    ),
    "The minister answered that the date in the law stands and that guidance follows in May.": (
        "장관은 법에 정한 날짜는 그대로이고 지침은 5월에 나온다고 답했다."
    ),
    "A civic group said that labels nobody can read are no labels, and showed some.": (
        "시민단체는 아무도 읽을 수 없는 라벨은 라벨이 아니라고 말하며 몇 개를 보여 줬다."
    ),
    "Lawyers for the industry asked for a longer period before the first fines are due.": (
        "업계 변호사들은 첫 과태료가 부과되기 전에 더 긴 기간을 요청했다."
    ),
}
ARTICLE = "# " + "\n\n".join(HEARING) + "\n"


def swapped(texts: list[str]) -> list[str]:
    """Two neighbours in each other's place."""
    return [*texts[:1], texts[2], texts[1], *texts[3:]]


def cut(texts: list[str]) -> list[str]:
    """One text in two rows, the rest moved down, the last lost."""
    half = len(texts[1]) // 2
    return [texts[0], texts[1][:half], texts[1][half:], *texts[2:-1]]


def joined(texts: list[str]) -> list[str]:
    """Two texts in one row, the rest moved up, the last cut in two to fill its own."""
    half = len(texts[-1]) // 2
    return [texts[0], f"{texts[1]} {texts[2]}", *texts[3:-1], texts[-1][:half], texts[-1][half:]]


@pytest.mark.parametrize("fault", [swapped, cut, joined], ids=lambda each: each.__name__)
def test_no_text_is_used_for_another_source(fault, make_newsroom):
    with ScriptedServer() as server:
        server.translate = HEARING.__getitem__

        def shifted(body) -> FailedResponse | None:
            if len(server.bodies) > 1:
                return None
            rows = {key: HEARING[text] for key, text in asked(body).items()}
            texts = fault(list(rows.values()))
            return FailedResponse(text=json.dumps(dict(zip(rows, texts, strict=True))))

        server.refuses = shifted
        newsroom = make_newsroom(
            {"hearing/en": ARTICLE},
            toml="[translate]\nengine = 'openai'\n[engines.openai]\n"
            f"base_url = '{server.url}'\nmodel = 'news-1'\nmax_retries = 0\n",
        )
        assert not translate(newsroom).failures
        live = newsroom.catalog("hearing", "ko").live
        assert {entry.source: entry.target.text for entry in live} == HEARING
        again = json.dumps([body["messages"] for body in server.bodies[1:]])
        assert "another unit's translation" in again
