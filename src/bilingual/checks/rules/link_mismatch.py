"""A link leads elsewhere than in the source.

What
    Compares the addresses of links, autolinks and bare URLs: none is lost, none is new, none is
    changed or stands on the words of another.
Why
    A lost or changed link takes the source away from the reader.
Wrong
    en: See the [model card](https://ai.meta.com/muse).
    ko: [모델 카드](https://ai.meta.com/)를 보라.

    en: See the [model card](https://ai.meta.com/muse).
    ko: 모델 카드를 보라.

    en: [GPT-5.4](https://a.example) beats [GLM-5.1](https://b.example).
    ko: [GPT-5.4](https://b.example)가 [GLM-5.1](https://a.example)을 앞선다.
Right
    en: See the [model card](https://ai.meta.com/muse) and <https://ai.meta.com>.
    ko: <https://ai.meta.com>과 [모델 카드](https://ai.meta.com/muse)를 보라.

    en: See [the guide](https://react.dev/learn#state).
    ko: [가이드](https://ko.react.dev/learn#상태)를 보라.

    en: Read [this](/docs/en/intro).
    ko: [이 글](/docs/ko/intro)을 보라.
Known limits
    An address may name the target's language instead of the source's (`/en/` and `/ko/`,
    `en.wikipedia.org` and `ko.wikipedia.org`), have `http` for `https`, end with a slash or not,
    and lead to another heading of the same page, for headings are translated. Swapped links are
    told by what their words share with the source's and with the addresses: Latin letters and
    numbers, terms of the glossary, words that sound alike (텐서, tensor) or that `lexicon.py`
    knows (문서, documentation). Where nothing tells, links in another order than the source's are
    taken to be swapped.
Fix
    Copy the address from the source.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING
from urllib.parse import unquote

from bilingual.checks.base import Fault
from bilingual.checks.linking import swapped
from bilingual.model import Message, Severity, mark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bilingual.checks.base import Side, Subject
    from bilingual.markdown.inline import Inline

SEVERITY = Severity.ERROR

LOST = mark("the link to {address} is missing")
NEW = mark("the link to {address} is not in the source")
CHANGED = mark("the link to {source} became {target}")
SWAPPED = mark("{words} links to {target}, in the source to {source}")

LOCALE = re.compile(r"(?<=[/.])(?:en|ko|kr)(?:[-_](?:us|gb|kr))?(?=[/.]|\Z)", re.IGNORECASE)
WIKIPEDIA = re.compile(r"\Ahttps?://(\w+)\.(?:m\.)?wikipedia\.org/", re.IGNORECASE)


def check(subject: Subject) -> Iterator[Fault]:
    """Give a fault for each address that only one side has, and for swapped ones."""
    source, target = _links(subject.source), _links(subject.target)
    if not source and not target:
        return
    in_source = Counter(_key(link) for link in source)
    in_target = Counter(_key(link) for link in target)
    lost = [link for link in source if _key(link) not in in_target]
    new = [link for link in target if _key(link) not in in_source]
    for before, after in zip(lost, new, strict=False):
        if _same_article(before, after):
            continue
        values = {"source": _address(before), "target": _address(after)}
        yield Fault(Message(CHANGED, values), _span(after), _span(before))
    for link in lost[len(new) :]:
        yield Fault(Message(LOST, {"address": _address(link)}), source_span=_span(link))
    for link in new[len(lost) :]:
        yield Fault(Message(NEW, {"address": _address(link)}), _span(link))
    yield from _swapped(
        subject,
        [link for link in source if link not in lost],
        [link for link in target if link not in new],
    )


def _swapped(subject: Subject, source: list[Inline], target: list[Inline]) -> Iterator[Fault]:
    """Give links that stand on each other's words, as far as the words tell which is which."""
    # Links to headings of one page differ in their fragments alone, where those are not translated.
    whole = {link.destination for link in source} == {link.destination for link in target}
    for link, meant in swapped(subject, source, target, _address if whole else _key):
        words = subject.target.text[link.inner_start : link.inner_end]
        values = {"words": words, "source": _address(meant), "target": _address(link)}
        yield Fault(Message(SWAPPED, values), _span(link), _span(meant))


def _links(side: Side) -> list[Inline]:
    if "[" not in side.text and "://" not in side.text and "<" not in side.text:
        return []
    return side.of_kind("link", "autolink")


def _address(link: Inline) -> str:
    return link.destination or f"[{link.label}]"


def _span(link: Inline) -> tuple[int, int]:
    return link.start, link.end


def _key(link: Inline) -> str:
    """Return the address as far as it must be the same in both languages."""
    if not link.destination:
        return f"[{link.label.casefold()}]"
    address = unquote(link.destination.strip())
    page, _, _ = address.partition("#")
    page = re.sub(r"\Ahttps?://(?:www\.)?", "", page, flags=re.IGNORECASE)
    page = re.sub(r"\A(?:en|ko|kr)\.", "", page)
    page = LOCALE.sub("", page)
    page = re.sub(r"/{2,}", "/", page).removeprefix("./")
    page = re.sub(r"[?&]hl=\w+", "", page)
    return page.rstrip("/").casefold()


def _same_article(source: Inline, target: Inline) -> bool:
    """Return True for Wikipedia in two languages: the article's name is translated too."""
    first = WIKIPEDIA.match(source.destination)
    second = WIKIPEDIA.match(target.destination)
    return bool(first and second and first[1].lower() != second[1].lower())
