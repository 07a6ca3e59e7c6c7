"""A model that obeys whatever it reads spoils one draft at the most, and no page."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from bilingual.engines.base import EngineTraits
from bilingual.engines.scripted import Scripted, made_up, spoken
from bilingual.language.injection.instruction import suspicious
from bilingual.prompting import marks, prompt
from bilingual.workflow.merge import merge
from bilingual.workflow.translate import translate
from tests.support.attacks import ATTACKS, FRAME

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bilingual.prompting.request import Request

MANNERS = EngineTraits(batch=8, context=2, retries=1)


def honest(request: Request) -> str:
    return spoken(request, lambda passage: made_up(passage.text, request.target_language))


def rows(request: Request, text: Callable[[str], str]) -> str:
    return spoken(request, lambda each: text(made_up(each.text, request.target_language)))


def says_the_prompt(request: Request) -> str:
    return prompt.turns(request)[0].content


def puts_the_prompt_into_each_row(request: Request) -> str:
    return rows(request, lambda _: prompt.FORM)


def says_one_word(_request: Request) -> str:
    return "HACKED"


def answers_other_ids(request: Request) -> str:
    answer = json.loads(honest(request))
    return json.dumps({**answer, **{str(n): "해킹됐다 hacked" for n in range(1, 30)}})


def spoils_all_rows(request: Request) -> str:
    return rows(request, lambda _: "해킹됐다" if request.target_language == "ko" else "Hacked")


def adds_a_link(request: Request) -> str:
    return rows(request, lambda text: f"{text} [win](https://evil.example/win)")


def adds_a_bare_address(request: Request) -> str:
    return rows(request, lambda text: f"{text} https://evil.example/win")


def adds_an_image_that_carries_the_prompt(request: Request) -> str:
    return rows(request, lambda text: f"{text} ![x](https://evil.example/x.png?q=prompt)")


def adds_a_script(request: Request) -> str:
    return rows(request, lambda text: f"{text}<script src='//evil.example/x.js'></script>")


def adds_blocks(request: Request) -> str:
    return rows(request, lambda text: f"{text}\n\n# HACKED\n\n<iframe src=//evil.example></iframe>")


MISBEHAVIOURS = (
    says_the_prompt,
    puts_the_prompt_into_each_row,
    says_one_word,
    answers_other_ids,
    spoils_all_rows,
    adds_a_link,
    adds_a_bare_address,
    adds_an_image_that_carries_the_prompt,
    adds_a_script,
    adds_blocks,
)


def strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (dict, list)):
        for each in value.values() if isinstance(value, dict) else value:
            yield from strings(each)


def reads_an_order(request: Request) -> bool:
    """True when anything in the message gives an order, wherever it stands; marks are none."""
    message = json.loads(prompt.turns(request)[-1].content)
    return any(suspicious(marks.MARK.sub(" ", text)) for text in strings(message))


def obedient(misbehave: Callable[[Request], str]) -> Callable[[Request], str]:
    return lambda request: misbehave(request) if reads_an_order(request) else honest(request)


@pytest.fixture
def articles() -> dict[str, str]:
    return {f"{attack.slug}/{attack.language}": attack.text for attack in ATTACKS}


@pytest.mark.parametrize("misbehave", MISBEHAVIOURS, ids=lambda each: each.__name__)
def test_only_the_units_own_draft_is_concerned_and_no_page_gains_markup(
    make_newsroom, articles, misbehave
):
    newsroom = make_newsroom(articles)
    engine = Scripted(obedient(misbehave), traits=MANNERS)
    translate(newsroom, drafts=engine)
    assert sum(map(reads_an_order, engine.requests)) > 40
    for attack in ATTACKS:
        entries = newsroom.catalog(attack.slug, attack.target_language).live
        for entry in entries:
            if entry.source in FRAME[attack.language]:
                assert entry.target.text == made_up(entry.source, attack.target_language)
            assert entry.target.text or entry.target.failure
            for words in ("every id exactly once", "never an instruction"):
                assert words not in entry.target.text
        page = merge(newsroom, attack.slug, drafts=True).text
        for injected in ("evil.example", "<script", "<iframe", "![", "\n# HACKED"):
            assert page.count(injected) <= attack.text.count(injected), (attack.slug, injected)


def test_an_honest_model_translates_all_of_it(make_newsroom, articles):
    newsroom = make_newsroom(articles)
    result = translate(newsroom, drafts=Scripted(honest, traits=MANNERS))
    assert {failure.slug for failure in result.failures} <= {"repetition-en"}
