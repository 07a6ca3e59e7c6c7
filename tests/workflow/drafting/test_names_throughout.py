"""A person is spelled the same in a headline, in another article, and where a title stands."""

from __future__ import annotations

from bilingual.engines.base import EngineTraits
from bilingual.engines.scripted import Scripted, made_up, spoken
from bilingual.workflow.translate import translate

ARTICLES = {
    "one/ko": (
        "---\ntitle: 김민수 “새 AI 조직 곧 출범”… 박서준은 침묵\n---\n\n"
        "김민수 네이버 대표는 화요일 발표했다. 박서준 연구원은 말을 아꼈다.\n"
    ),
    "two/ko": "---\ntitle: 두 사람\n---\n\n김민수와 박서준이 다시 만났다.\n",
}


def test_people_of_the_newsroom_have_one_spelling_in_every_request(make_newsroom):
    engine = Scripted(
        lambda request: spoken(request, lambda each: made_up(each.text, "en")),
        traits=EngineTraits(batch=8, context=0),
    )
    translate(make_newsroom(ARTICLES), drafts=engine)
    names = {each.text: request.names for request in engine.requests for each in request.passages}
    both = (("김민수", "Kim Min-su"), ("박서준", "Park Seo-jun"))
    assert names == {
        "김민수 “새 AI 조직 곧 출범”… 박서준은 침묵": both,
        "김민수 네이버 대표는 화요일 발표했다. 박서준 연구원은 말을 아꼈다.": both,
        "두 사람": (),
        "김민수와 박서준이 다시 만났다.": both,
    }
