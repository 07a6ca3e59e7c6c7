"""Which sentences of a target translate those of a source, though translators join and cut."""

from __future__ import annotations

import pytest

from bilingual.language.sentence_alignment import counterpart

JOINED = (
    (
        "대규모 언어모델(LLM)은 글을 한 번에 한 토큰씩 쓴다.",
        "토큰 하나를 낼 때마다 모델의 매개변수를 처음부터 끝까지 읽어야 한다.",
        "매개변수 700억 개짜리 모델을 16비트로 저장하면 140GB다.",
        "토큰마다 140GB를 읽는다는 뜻이다.",
    ),
    (
        (
            "A large language model (LLM) writes one token at a time, and for every token it has "
            "to read the model's parameters from beginning to end."
        ),
        "Stored at 16 bits, a model with 70 billion parameters takes up 140 GB.",
        "That means reading 140 GB for each token.",
    ),
)
CUT = (
    (
        (
            "By Meta's account, Muse Spark matches the abilities of Llama 4 Maverick with over 10x "
            "less compute."
        ),
        (
            "Maverick is a mixture-of-experts (MoE) model: 400B parameters in total, 17B of them "
            "active for any one token, and a context window of 1M tokens."
        ),
    ),
    (
        (
            "메타의 설명에 따르면 뮤즈 스파크는 10배 이상 적은 연산량으로 라마 4 매버릭(Llama 4 "
            "Maverick)에 맞먹는 능력을 낸다."
        ),
        "매버릭은 전문가 혼합(MoE) 모델이다.",
        (
            "전체 매개변수는 4000억 개지만 토큰 하나를 처리할 때는 170억 개만 활성화되고, 컨텍스트 "
            "창은 100만 토큰이다."
        ),
    ),
)


@pytest.mark.parametrize(
    ("pair", "run", "place"),
    [
        (JOINED, (2, 3), (1, 2)),
        (JOINED, (3, 4), (2, 3)),
        (JOINED, (0, 2), (0, 1)),
        (JOINED, (2, 4), (1, 3)),
        (CUT, (0, 1), (0, 1)),
        (CUT, (1, 2), (1, 3)),
    ],
)
def test_a_sentence_is_found_among_joined_and_cut_ones(pair, run, place):
    assert counterpart(*pair, run) == place


def test_the_place_between_two_sentences_is_found():
    assert counterpart(*JOINED, (3, 3)) == (2, 2)
    assert counterpart(*JOINED, (0, 0)) == (0, 0)
    assert counterpart(*JOINED, (4, 4)) == (3, 3)


@pytest.mark.parametrize("run", [(0, 1), (1, 2), (1, 1)])
def test_half_of_a_joined_sentence_has_no_place(run):
    assert counterpart(*JOINED, run) is None


def test_where_two_places_are_as_likely_none_is_taken():
    ours = ("It is new.", "It is fast.", "The company opened its doors in May of last year.")
    theirs = ("새 모델이다.", "빠르다.", "값도 싸다.", "회사는 지난해 5월에 문을 열었다고 한다.")
    assert counterpart(ours, theirs, (1, 2)) is None


def test_a_name_in_another_sentence_means_that_they_differ():
    ours = ("It came out as GPT-5.4 on Monday.", "Nobody had expected it so soon.")
    same = ("GPT-5.4로 월요일에 나왔다.", "그렇게 빨리 나올 줄은 몰랐다.")
    other = ("월요일에 새 모델이 나왔다.", "GPT-5.4가 그렇게 빨리 나올 줄 몰랐다.")
    assert counterpart(ours, same, (0, 1)) == (0, 1)
    assert counterpart(ours, other, (0, 1)) is None


def test_what_has_no_sentence_has_no_place():
    assert counterpart((), (), (0, 0)) == (0, 0)
    assert counterpart(("It is new.",), (), (0, 1)) is None
