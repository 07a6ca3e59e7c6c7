"""A link leads elsewhere than in the source.

What
    Compares the addresses of links, autolinks and bare URLs: none is missing, added, changed, or
    moved to the words of another link.
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

    en: See the [file](https://github.com/o/r/blob/master/a.py).
    ko: [파일](https://github.com/o/r/blob/HEAD/a.py)을 보라.

    en: It was [here](http://blog.example/a).
    ko: [여기](https://web.archive.org/web/2016/http://blog.example/a)에 있었다.

    en: Read [this](/docs/en/intro).
    ko: [이 글](/docs/ko/intro)을 보라.
Known limits
    An address may contain the target's language instead of the source's (`/en/` and `/ko/`,
    `en.wikipedia.org` and `ko.wikipedia.org`), have `http` for `https`, end with a slash or
    `index.html` or not, start at the site's root, lead to an archived copy, to the PDF of a paper,
    to another branch of a repository, and to another heading of the same page, because headings are
    translated. The finding is a warning instead of an error for a link that only the target has,
    since translators add some, and for a link to another address with the same ending (`/a/guide`
    and `/b/guide.md`): the page may have moved. Swapped links are detected by what their words
    share with the source's words and with the addresses: Latin letters and numbers, terms of the
    glossary, words that sound alike (텐서, tensor) or that `lexicon.py` knows (문서,
    documentation). Where nothing is shared, links in another order than the source's count as
    swapped.
Fix
    Copy the address from the source.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import unquote

from bilingual.checks.base import Violation
from bilingual.checks.linking import swapped
from bilingual.model import N_, Message, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bilingual.checks.base import Side, Subject
    from bilingual.markdown.inline import Inline

SEVERITY = Severity.ERROR

LOST = N_("the link to {address} is missing")
NEW = N_("the link to {address} is not in the source")
CHANGED = N_("the link to {source} became {target}")
SWAPPED = N_("{words} links to {target}, in the source to {source}")

LOCALE = re.compile(r"(?<=[/.])(?:en|ko|kr)(?:[-_](?:us|gb|kr))?(?=[/.]|\Z)", re.IGNORECASE)
ARCHIVE = re.compile(r"\A(?:https?://)?web\.archive\.org/web/\d+\w*/(?=http|\w+\.)")
SAME_PAGE = (
    (re.compile(r"\A(?:(?:export\.)?arxiv\.org/(?:abs|pdf|html)|huggingface\.co/papers|"
                r"alphaxiv\.org/abs)/(\d{4}\.\d{4,5})(?:v\d+)?(?:\.pdf)?"), r"arxiv:\1"),
    (re.compile(r"\A(?:m\.)?(?:youtube\.com/(?:watch\?v=|embed/|live/)|youtu\.be/)([\w-]+).*"),
     r"youtube:\1"),
    (re.compile(r"\A(github\.com/[^/]+/[^/]+)/(?:blob|tree)/"
                r"(?:master|main|HEAD|dev|develop|trunk|[0-9a-f]{7,40})(?=/|\Z)"), r"\1"),
)  # fmt: skip
"""Addresses that lead to one page: an article's page and its PDF, a file on any branch."""
LEAST = 4
"""Minimum letters for the last part of an address to identify a page."""
INDEX = re.compile(r"(?:\A|/)index\.html?\Z", re.IGNORECASE)
EXTENSION = re.compile(r"\.(?:mdx?|html?|pdf)\Z")
WIKIPEDIA = re.compile(r"\Ahttps?://(\w+)\.(?:m\.)?wikipedia\.org/", re.IGNORECASE)


def check(subject: Subject) -> Iterator[Violation]:
    """Yield a violation for each address that only one side has, and for swapped ones."""
    source, target = _links(subject.source), _links(subject.target)
    if not source and not target:
        return
    in_source = Counter(_key(link) for link in source)
    in_target = Counter(_key(link) for link in target)
    lost = [link for link in source if _key(link) not in in_target]
    new = [link for link in target if _key(link) not in in_source]
    for before, after in zip(lost, new, strict=False):
        if _same_article(before, after) or _same_path(before, after):
            continue
        values = {"source": _address(before), "target": _address(after)}
        milder = Severity.WARNING if _moved(before, after) else None
        yield Violation(Message(CHANGED, values), _span(after), _span(before), severity=milder)
    for link in lost[len(new) :]:
        yield Violation(Message(LOST, {"address": _address(link)}), source_span=_span(link))
    for link in _fragments(source, target):
        yield Violation(Message(LOST, {"address": _address(link)}), source_span=_span(link))
    for link in new[len(lost) :]:
        values = {"address": _address(link)}
        yield Violation(Message(NEW, values), _span(link), severity=Severity.WARNING)
    yield from _swapped(
        subject,
        [link for link in source if link not in lost],
        [link for link in target if link not in new],
    )


def _swapped(subject: Subject, source: list[Inline], target: list[Inline]) -> Iterator[Violation]:
    """Yield links that are on each other's words, if the words tell which is which."""
    # Links to headings of one page differ only in their fragments, if those are not translated.
    whole = {link.destination for link in source} == {link.destination for link in target}
    for link, meant in swapped(subject, source, target, _address if whole else _key):
        words = subject.target.text[link.inner_start : link.inner_end]
        values = {"words": words, "source": _address(meant), "target": _address(link)}
        yield Violation(Message(SWAPPED, values), _span(link), _span(meant))


def _links(side: Side) -> list[Inline]:
    if "[" not in side.text and "://" not in side.text and "<" not in side.text:
        return []
    return side.of_kind("link", "autolink")


def _address(link: Inline) -> str:
    return link.destination or f"[{link.label}]"


def _span(link: Inline) -> tuple[int, int]:
    return link.start, link.end


def _fragments(source: list[Inline], target: list[Inline]) -> Iterator[Inline]:
    """Yield links to headings of one page if the target has fewer links to it than headings."""
    headings: dict[str, dict[str, Inline]] = {}
    for link in source:
        if "#" in link.destination:
            headings.setdefault(_key(link), {}).setdefault(link.destination, link)
    for key, links in headings.items():
        there = [link.destination for link in target if _key(link) == key]
        gone = [link for address, link in links.items() if address not in there]
        if len(links) > 1 and there:
            yield from gone[: max(len(links) - len(there), 0)]


def _key(link: Inline) -> str:
    """Return the part of the address that must be the same in both languages."""
    if not link.destination:
        return f"[{link.label.casefold()}]"
    return _page(link.destination)


@lru_cache(4096)  # the same on both sides, and often in many units
def _page(destination: str) -> str:
    address = unquote(destination.strip())
    page, _, _ = address.partition("#")
    page = ARCHIVE.sub("", page)
    page = re.sub(r"\Ahttps?://(?:www\.)?", "", page, flags=re.IGNORECASE)
    for pattern, same in SAME_PAGE:
        page, found = pattern.subn(same, page)
        if found:
            break
    page = re.sub(r"\A(?:en|ko|kr)\.", "", page)
    page = LOCALE.sub("", page)
    page = re.sub(r"/{2,}", "/", page).removeprefix("./")
    page = re.sub(r"[?&]hl=\w+", "", page)
    return INDEX.sub("", page.rstrip("/")).casefold()


def _same_path(source: Inline, target: Inline) -> bool:
    """Return True if one address starts at the site's root and the other names the site."""
    one, other = _key(source), _key(target)
    if one.startswith("/") == other.startswith("/"):
        return False
    rooted, full = (one, other) if one.startswith("/") else (other, one)
    return len(rooted) > 1 and "." in full.split("/", 1)[0] and full.endswith(rooted)


def _moved(source: Inline, target: Inline) -> bool:
    """Return True if only the path to a page differs, as after a site was reorganised."""
    one, other = (re.split("[/?]", _key(link)) for link in (source, target))
    names = {EXTENSION.sub("", way.pop()) for way in (one, other)}
    numbers = [re.findall(r"\d+", "/".join(way)) for way in (one, other)]
    return len(names) == 1 and len(names.pop()) >= LEAST and numbers[0] == numbers[1]


def _same_article(source: Inline, target: Inline) -> bool:
    """Return True for Wikipedia in two languages: the article's name is translated too."""
    first = WIKIPEDIA.match(source.destination)
    second = WIKIPEDIA.match(target.destination)
    return bool(first and second and first[1].lower() != second[1].lower())
