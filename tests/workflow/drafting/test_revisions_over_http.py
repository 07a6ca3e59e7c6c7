"""What is sent of an edited unit: its changed sentence and what that was, under a short head."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from bilingual.engines.base import EngineTraits
from bilingual.engines.scripted import Scripted, made_up, spoken
from bilingual.model import State, Target
from bilingual.newsroom import Newsroom
from bilingual.prompting import guide, prompt
from bilingual.testing.provider.server import ScriptedServer
from bilingual.workflow import review
from bilingual.workflow.segment import segment
from bilingual.workflow.translate import translate

MANNERS = EngineTraits(batch=8, context=2, retries=1)
DECISION = review.Decision("지수", "2026-04-09T09:00:00Z")
ENGLISH = (
    "Muse Spark scored 52 points on the index. It trails the best model by five points.",
    "뮤즈 스파크는 지수에서 52점을 받았다. 최고 모델에 5점 뒤진다.",
)
KOREAN = (
    "이 모델은 노트북에서 돌아간다. 가격은 한 달에 2달러다.",
    "The model runs on a laptop. It costs $2 a month.",
)
SPARK = "- {id: muse-spark, en: Muse Spark, ko: 뮤즈 스파크, kind: model}\n"


def good(request) -> str:
    return spoken(request, lambda passage: made_up(passage.text, request.target_language))


class Room:
    """A newsroom with one article, whose first drafts are those given."""

    def __init__(self, make_newsroom, language: str, text: str, drafts: dict[str, str], **more):
        self.language, self.target = language, "ko" if language == "en" else "en"
        self.newsroom = make_newsroom({f"a/{language}": text}, **more)
        self.file = self.newsroom.root / f"articles/a/index.{language}.md"
        self.drafts = dict(drafts)
        self.run()

    def script(self, request) -> str:
        return spoken(
            request,
            lambda each: self.drafts.get(each.text) or made_up(each.text, request.target_language),
        )

    def run(self, **more) -> Scripted:
        engine = Scripted(more.pop("script", self.script), traits=more.pop("traits", MANNERS))
        self.result = translate(self.newsroom, drafts=engine, **more)
        return engine

    def edit(self, old: str, new: str) -> None:
        text = self.file.read_text("utf-8")
        assert text.count(old) == 1
        self.file.write_text(text.replace(old, new), "utf-8")

    def entry(self, source: str):
        live = self.newsroom.catalog("a", self.target).live
        return next(each for each in live if each.source == source)

    def give(self, target: Target) -> None:
        def given(catalog):
            entries = tuple(replace(each, target=target) for each in catalog.entries)
            return replace(catalog, entries=entries)

        self.newsroom.change(self.newsroom.article("a"), self.target, given)

    def approve(self) -> None:
        for each in self.newsroom.catalog("a", self.target).live:
            review.approve(self.newsroom, "a", each.id, DECISION)


def said(request) -> dict[str, object]:
    return json.loads(prompt.turns(request)[-1].content)


def test_a_kept_term_is_one_mark_in_what_was_and_in_what_is_asked_for(make_newsroom):
    glossary = "- {id: glm, en: GLM-5.1, ko: keep, reading: 지엘엠, kind: model}\n"
    source = "The licence of GLM-5.1 is short. It alows any use."
    target = "GLM-5.1의 라이선스는 짧다. 어떤 이용도 허용한다."
    room = Room(make_newsroom, "en", f"# A\n\n{source}\n", {}, glossary=glossary)
    with ScriptedServer() as server:
        config = f"[engines.openai]\nbase_url = '{server.url}'\nmodel = 'm'\nretries = 0\n"
        (room.newsroom.root / "bilingual.toml").write_text(config)
        room.newsroom = Newsroom.open(room.newsroom.root)
        room.give(Target(target, State.REVIEWED, "human:지수"))
        room.edit("The licence of GLM-5.1 is short", "The licence of GLM-5.1 is very short")
        segment(room.newsroom)
        unit = room.entry(source.replace("is short", "is very short"))
        translate(room.newsroom, engine="openai", redo=[unit.id])
    (asked,) = [json.loads(body["messages"][-1]["content"]) for body in server.bodies]
    assert asked["passages"] == {"1": "The licence of <x1/> is very short."}
    assert asked["memory"] == {
        "1": [["The licence of <x1/> is short.", "<x1/>의 라이선스는 짧다."]]
    }


def one(engine: Scripted):
    (request,) = engine.requests
    return request


@pytest.mark.parametrize(
    ("language", "pair", "old", "new", "sentence", "was", "answer"),
    [
        (
            "en", ENGLISH, "five", "six", "It trails the best model by six points.",
            ["It trails the best model by five points.", "최고 모델에 5점 뒤진다."],
            "최고 모델에 6점 뒤진다.",
        ),
        (
            "ko", KOREAN, "2달러", "3달러", "가격은 한 달에 3달러다.",
            ["가격은 한 달에 2달러다.", "It costs $2 a month."], "It costs $3 a month.",
        ),
    ],
)  # fmt: skip
def test_of_a_draft_only_the_changed_sentence_is_sent_and_the_rest_stays_to_the_letter(  # noqa: PLR0917
    make_newsroom, language, pair, old, new, sentence, was, answer
):
    room = Room(make_newsroom, language, f"# A\n\n{pair[0]}\n", {pair[0]: pair[1]})
    room.edit(old, new)
    room.drafts[sentence] = answer
    request = one(room.run())
    assert request.revision
    assert said(request) == {"passages": {"1": sentence}, "memory": {"1": [was]}}
    target = room.entry(pair[0].replace(old, new)).target
    assert target.text == pair[1].replace(was[1], answer)
    assert (target.origin, target.stale) == ("mt:scripted/script", False)


def test_an_approved_target_waits_for_a_person_and_is_revised_when_she_names_it(make_newsroom):
    room = Room(make_newsroom, "en", f"{ENGLISH[0]}\n", {ENGLISH[0]: ENGLISH[1]})
    room.approve()
    room.edit("five", "six")
    assert not room.run().requests
    assert room.result.waiting == 1
    entry = room.entry(ENGLISH[0].replace("five", "six"))
    assert (entry.target.text, entry.target.state) == (ENGLISH[1], State.REVIEWED)
    room.drafts["It trails the best model by six points."] = "최고 모델에 6점 뒤진다."
    request = one(room.run(redo=[entry.id]))
    assert said(request)["memory"] == {
        "1": [["It trails the best model by five points.", "최고 모델에 5점 뒤진다."]]
    }
    entry = room.entry(entry.source)
    assert entry.target.text == "뮤즈 스파크는 지수에서 52점을 받았다. 최고 모델에 6점 뒤진다."
    assert entry.target.state is State.TRANSLATED
    assert [each.text for each in entry.history] == [ENGLISH[1]]


def test_a_new_paragraph_gets_the_whole_guide(make_newsroom):
    room = Room(make_newsroom, "en", f"{ENGLISH[0]}\n", {ENGLISH[0]: ENGLISH[1]})
    room.edit("five points.", "five points.\n\nA rival said that it would answer in June.")
    request = one(room.run())
    assert not request.revision
    assert guide.of("", "en", "ko").rules in prompt.shared(request)


def test_next_to_a_new_paragraph_an_edited_one_is_sent_with_its_earlier_text(make_newsroom):
    room = Room(make_newsroom, "en", f"{ENGLISH[0]}\n", {ENGLISH[0]: ENGLISH[1]})
    room.edit("five points.", "six points.\n\nA rival said that it would answer in June.")
    request = one(room.run())
    assert not request.revision
    assert len(request.passages) == 2
    assert said(request)["memory"] == {"1": [list(ENGLISH)]}


def test_a_refused_revision_is_asked_for_with_all_words_of_the_whole_unit(make_newsroom):
    pair = ("Run `make demo` first. It takes a minute.", "먼저 `make demo`를 실행하라. 1분 걸린다.")
    room = Room(make_newsroom, "en", f"{pair[0]}\n", {})
    room.give(Target(pair[1], State.TRANSLATED, "mt:scripted/script"))
    room.edit("first", "before that")
    answers = iter(['{"1": "그 전에 실행하라."}', '{"1": "그 전에 <x1/>를 실행하라. 1분 걸린다."}'])
    first, second = room.run(script=lambda _request: next(answers)).requests
    assert said(first)["passages"] == {"1": "Run <x1/> before that."}
    assert said(second)["passages"] == {"1": "Run <x1/> before that. It takes a minute."}
    assert second.passages[0].problems == ("the mark <x1/> is missing",)
    assert guide.of("", "en", "ko").rules in prompt.shared(second)
    target = room.entry("Run `make demo` before that. It takes a minute.").target
    assert target.text == "그 전에 `make demo`를 실행하라. 1분 걸린다."


@pytest.mark.parametrize(
    "target",
    [
        Target(ENGLISH[1], State.TRANSLATED, "mt:openai/gpt-4.1-mini"),
        Target(ENGLISH[1].replace("52", "25"), State.TRANSLATED, "mt:scripted/script"),
    ],
    ids=["another engine's", "a wrong number"],
)
def test_another_engines_draft_and_a_faulty_one_are_nothing_to_build_on(make_newsroom, target):
    room = Room(make_newsroom, "en", f"{ENGLISH[0]}\n", {})
    room.give(target)
    room.edit("five", "six")
    request = one(room.run(traits=replace(MANNERS, retries=0)))
    assert not request.revision
    assert "memory" not in said(request)


def test_who_names_a_machines_draft_wants_another(make_newsroom):
    room = Room(make_newsroom, "en", f"{ENGLISH[0]}\n", {ENGLISH[0]: ENGLISH[1]})
    room.edit("five", "six")
    request = one(room.run(redo=["mt:"], traits=replace(MANNERS, retries=0)))
    assert not request.revision
    assert "memory" not in said(request)


def test_what_a_person_wrote_is_built_on_when_she_names_it(make_newsroom):
    room = Room(make_newsroom, "en", f"{ENGLISH[0]}\n", {})
    hers = Target(ENGLISH[1], State.TRANSLATED, "human:지수")
    room.give(hers)
    room.edit("five", "six")
    assert not room.run().requests
    entry = room.entry(ENGLISH[0].replace("five", "six"))
    request = one(room.run(redo=[entry.id], traits=replace(MANNERS, retries=0)))
    assert request.passages[0].text == "It trails the best model by six points."


def test_a_term_is_said_where_it_stands_in_the_changed_sentence_and_first_if_it_is(make_newsroom):
    spark = SPARK.replace("}", ', first_mention: "뮤즈 스파크(Muse Spark)"}')
    drafts = {ENGLISH[0]: ENGLISH[1].replace("스파크는", "스파크(Muse Spark)는")}
    room = Room(make_newsroom, "en", f"{ENGLISH[0]}\n", drafts, glossary=spark)
    room.edit("52 points", "54 points")
    request = one(room.run(traits=replace(MANNERS, retries=0)))
    assert said(request)["terms"] == [
        "Muse Spark = 뮤즈 스파크; at first mention, in 1: 뮤즈 스파크(Muse Spark)"
    ]
    room.drafts |= {"It trails Muse Spark by six points.": "뮤즈 스파크에 6점 뒤진다."}
    room.approve()
    room.edit("the best model by five", "Muse Spark by six")
    entry = next(each for each in room.newsroom.catalog("a", "ko").live)
    request = one(room.run(redo=[entry.id], traits=replace(MANNERS, retries=0)))
    assert said(request)["terms"] == ["Muse Spark = 뮤즈 스파크"]


def test_a_sentence_that_goes_takes_its_translation_along_and_nothing_is_sent(make_newsroom):
    room = Room(make_newsroom, "ko", f"{KOREAN[0]}\n", {KOREAN[0]: KOREAN[1]})
    room.edit(" 가격은 한 달에 2달러다.", "")
    assert not room.run().requests
    target = room.entry("이 모델은 노트북에서 돌아간다.").target
    assert (target.text, target.origin) == ("The model runs on a laptop.", "mt:scripted/script")
    assert not target.stale


def test_both_halves_of_a_split_paragraph_have_their_translations_already(make_newsroom):
    room = Room(make_newsroom, "ko", f"{KOREAN[0]}\n", {KOREAN[0]: KOREAN[1]})
    room.edit("돌아간다. 가격", "돌아간다.\n\n가격")
    assert not room.run().requests
    found = [each.target.text for each in room.newsroom.catalog("a", "en").live]
    assert found == ["The model runs on a laptop.", "It costs $2 a month."]


def test_a_split_half_that_cannot_be_told_apart_is_sent_with_what_it_was_part_of(make_newsroom):
    source = "It is new and small. It is fast and cheap. It runs on a laptop and on a phone."
    target = "새롭고 작으며 빠르고 값이 싸다. 노트북과 휴대폰에서 돌아간다."
    room = Room(make_newsroom, "en", f"{source}\n", {source: target})
    room.approve()
    room.edit("small. It", "small.\n\nIt")
    request = one(room.run(traits=replace(MANNERS, retries=0)))
    assert request.revision
    message = said(request)
    assert message["memory"] == {"1": [[source, target]]}
    assert message["passages"]["1"] in source


def test_what_splits_off_an_approved_paragraph_is_a_draft_from_the_memory(make_newsroom):
    room = Room(make_newsroom, "ko", f"{KOREAN[0]}\n", {KOREAN[0]: KOREAN[1]})
    room.approve()
    room.edit("돌아간다. 가격", "돌아간다.\n\n가격")
    assert not room.run().requests
    assert room.result.waiting == 1
    old, new = sorted(room.newsroom.catalog("a", "en").live, key=lambda each: not each.target.stale)
    origin = f"tm:100 unit:a/{old.id}"
    assert (new.target.state, new.target.origin) == (State.TRANSLATED, origin)
    assert new.target.text in KOREAN[1]


def test_a_split_half_that_somebody_rejected_is_asked_for(make_newsroom):
    room = Room(make_newsroom, "ko", f"{KOREAN[0]}\n", {KOREAN[0]: KOREAN[1]})
    room.edit(" 가격은 한 달에 2달러다.", "")
    room.run()
    unit = room.entry("이 모델은 노트북에서 돌아간다.").id
    review.reject(room.newsroom, "a", unit, "too plain", DECISION)
    assert not one(room.run()).revision


TABLE = "| 모델 | 가격 |\n|---|---|\n| 젬마 | 무료 |\n"


def test_a_cell_next_to_approved_ones_needs_few_words_and_has_them_as_models(make_newsroom):
    room = Room(make_newsroom, "ko", TABLE, {"젬마": "Gemma", "무료": "free"})
    room.edit("| 무료 |\n", "| 무료 |\n| 라마 | 유료 |\n")
    assert not one(room.run()).revision
    room.approve()
    room.edit("| 유료 |\n", "| 유료 |\n| 큐원 | 할인 |\n")
    request = one(room.run())
    assert request.revision
    message = said(request)
    assert message["passages"] == {"1": "큐원", "2": "할인"}
    assert [source for source, _ in message["before"]] == ["라마", "유료"]
    assert message["about"] == {"1": "table cell.", "2": "table cell."}


def test_a_cell_that_is_a_sentence_gets_the_whole_guide(make_newsroom):
    room = Room(make_newsroom, "ko", TABLE, {})
    room.approve()
    long = "회사는 값을 아직 정하지 않았으며 하반기에 공개하겠다고 지난달 말에 밝혔다고 한다."
    room.edit("| 무료 |\n", f"| 무료 |\n| 라마 | {long} |\n")
    assert not one(room.run()).revision


def test_a_unit_that_the_memory_has_almost_to_the_letter_needs_few_words(make_newsroom):
    source = "The model was trained on 400 billion tokens of text."
    draft = {source: "이 모델은 텍스트 4000억 토큰으로 학습했다."}
    room = Room(make_newsroom, "en", f"{source}\n", draft)
    room.approve()
    file = room.newsroom.root / "articles/c/index.en.md"
    file.parent.mkdir()
    file.write_text(source.replace("400", "500") + "\n", "utf-8")
    request = one(room.run(traits=replace(MANNERS, retries=0)))
    assert request.revision
    assert said(request)["memory"] == {"1": [list(*draft.items())]}


def test_the_newsrooms_own_words_go_with_a_revision(make_newsroom):
    room = Room(make_newsroom, "en", f"{ENGLISH[0]}\n", {ENGLISH[0]: ENGLISH[1]})
    file = room.newsroom.root / "guides/en-ko.md"
    file.parent.mkdir()
    file.write_text("# Ours\n\nWrite for children.\n\n## For a revision\n\nShort words.\n", "utf-8")
    room.edit("five", "six")
    head = prompt.shared(one(room.run(traits=replace(MANNERS, retries=0))))
    assert head.startswith("Short words.\n")
    assert "children" not in head
    assert "해라체" not in head
    file.write_text("# Ours\n\nWrite for children.\n", "utf-8")
    room.edit("six", "seven")
    assert prompt.shared(one(room.run())).startswith("# Ours\n\nWrite for children.\n")


def test_a_small_model_is_asked_as_ever(make_newsroom):
    room = Room(make_newsroom, "en", f"{ENGLISH[0]}\n", {ENGLISH[0]: ENGLISH[1]})
    room.edit("five", "six")
    request = one(room.run(traits=EngineTraits(brief=True, retries=0)))
    assert request.brief
    assert not request.revision
    assert request.passages[0].text == ENGLISH[0].replace("five", "six")
