"""Measure the cost of a month of edits when only changes are sent, compared with whole files.

python benchmarks/month_of_edits.py [--edits 60] [--seed 1] [--json]

A newsroom has the repository's own articles and translations. After each edit (a word, a typo, a
number, a sentence, a paragraph added, removed, moved or split, a table's row, a heading),
`bilingual translate` runs. The same edits are made in three newsrooms:

- drafts: nothing is approved. Every target is a draft of the engine, and is drafted again when its
  source changes.
- named: everything is approved before the month and after each edit. A stale target is drafted by
  the engine, because it is named (`--redo UNIT`), and approved.
- by hand: a stale target is edited by hand, as `translate` leaves it alone; only new units are
  drafted.

The tokens of every request and answer are counted (by the tool's estimate for o200k), as the engine
`openai` would send them, and compared with two ways of translating the whole file at each edit: as
the tool does with an empty catalog, by section; and in one single request with the same guide and
terms, which is the best a tool can do. The engine's answers are generated, with the required terms;
a real model's are sometimes refused and requested again, which is not counted for any way.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import shutil
import tempfile
from collections import defaultdict
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bilingual.engines import price
from bilingual.engines.base import EngineTraits
from bilingual.engines.scripted import Scripted, made_up, spoken
from bilingual.model import State, Target
from bilingual.newsroom import Newsroom
from bilingual.prompting import estimate, prompt
from bilingual.prompting.request import Reply, Usage
from bilingual.workflow import review
from bilingual.workflow.segment import segment
from bilingual.workflow.translate import translate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bilingual.model import Article, Catalog
    from bilingual.prompting.request import Passage, Request

ROOT = Path(__file__).parents[1]
PRICED = "gpt-4.1-mini"
PEOPLE = ("drafts", "named", "by hand")
DECISION = review.Decision("Kim", "2026-04-09T09:00:00Z")
BATCH, CONTEXT = 8, 2
"""Units and context units of a request, the defaults of the engine `openai`."""
WORDS = {
    "en": ("model", "benchmark", "licence", "token", "weight", "chip", "memory", "cloud", "rival"),
    "ko": ("모델", "점수", "가중치", "벤치마크", "추론", "학습", "연구진", "데이터", "반도체"),
}
SENTENCES = {
    "en": "The company said {} and {} would follow in the second half of the year.",
    "ko": "회사는 하반기에 {} {} 부문도 뒤따를 것이라고 밝혔다.",
}
PROSE = re.compile(r"(?<=\n\n)(?![#>|\-*+`<:\[!0-9 ])[^\n]{80,}(?:\n[^\n]+)*(?=\n\n)")


@dataclass(frozen=True)
class Spent:
    """The tokens of one way for one edit."""

    prompt: int
    cached: int
    completion: int
    requests: int

    @property
    def all(self) -> int:
        """Return prompt and completion together."""
        return self.prompt + self.completion

    def dollars(self, *, cached: bool) -> float:
        """Return their cost, with or without the provider's cache."""
        found = price.of_model(PRICED)
        assert found is not None
        return found.of(Usage(self.prompt, self.cached if cached else 0, self.completion))

    def __add__(self, other: Spent) -> Spent:
        return Spent(
            self.prompt + other.prompt,
            self.cached + other.cached,
            self.completion + other.completion,
            self.requests + other.requests,
        )


NOTHING = Spent(0, 0, 0, 0)


class Counter:
    """An engine that answers immediately and counts what would be sent to a real one."""

    def __init__(self) -> None:
        self.spent = NOTHING
        self.passages: list[str] = []
        self.requests: list[Request] = []
        self._heads: set[str] = set()
        traits = EngineTraits(batch=BATCH, context=CONTEXT, retries=0)
        self.engine = Scripted(self._answer, traits=traits)

    def _answer(self, request: Request) -> Reply:
        used = estimate.usage(request)
        head = prompt.shared(request)
        cached = used.cached if head in self._heads else 0
        self._heads.add(head)
        self.spent += Spent(used.prompt, cached, used.completion, 1)
        self.passages += [passage.text for passage in request.passages]
        self.requests.append(request)
        text = spoken(request, lambda each: _answer(each, request))
        return Reply(text, usage=Usage(used.prompt, cached, used.completion, 1))


def _answer(passage: Passage, request: Request) -> str:
    """Return a generated translation that has the required terms."""
    forms = {
        each.forms[request.source_language][0]: each.forms[request.target_language][0]
        for each in request.terms
        if each.forms.get(request.source_language) and each.forms.get(request.target_language)
    }
    if not forms:
        return made_up(passage.text, request.target_language)
    longest = sorted(forms, key=len, reverse=True)
    wanted = re.compile(rf"({'|'.join(map(re.escape, longest))})[a-z가-힣]*")
    parts: list[str] = []
    at = 0
    for found in wanted.finditer(passage.text):
        parts += [made_up(passage.text[at : found.start()], request.target_language)]
        parts += [forms[found[1]]]
        at = found.end()
    return "".join((*parts, made_up(passage.text[at:], request.target_language)))


class Author:
    """An author who makes random edits, the same ones in each run."""

    def __init__(self, language: str, seed: int) -> None:
        self._language = language
        self._random = random.Random(seed)  # noqa: S311 - the same each time

    def edit(self, text: str) -> tuple[str, str]:
        """Return the name of an edit and the edited ``text``."""
        while True:
            name, change = self._random.choices(list(EDITS.items()), list(WEIGHTS.values()))[0]
            edited = change(self, text)
            if edited != text:
                return name, edited

    def paragraph(self, text: str) -> re.Match[str]:
        """Return a paragraph of prose."""
        return self._random.choice(list(PROSE.finditer(text)))

    def word(self, text: str) -> str:
        """Replace one word by another."""
        found = self.paragraph(text)
        words = list(re.finditer(r"(?<=\s)[a-z가-힣]{3,}(?=\s)", found[0]))
        if not words:
            return text
        place = self._random.choice(words)
        return _put(text, found.start() + place.start(), found.start() + place.end(), self._word())

    def typo(self, text: str) -> str:
        """Swap two letters of a word."""
        found = self.paragraph(text)
        words = list(re.finditer(r"(?<=\s)[a-z가-힣]{4,}(?=\s)", found[0]))
        if not words:
            return text
        place = self._random.choice(words)
        at = self._random.randrange(1, len(place[0]) - 2)
        start = found.start() + place.start() + at
        return _put(text, start, start + 2, text[start + 1] + text[start])

    def number(self, text: str) -> str:
        """Change a number."""
        found = self.paragraph(text)
        numbers = list(re.finditer(r"(?<![\w.,\]/])\d{1,3}(?![\w,]|\.\d)", found[0]))
        if not numbers:
            return text
        place = self._random.choice(numbers)
        changed = str(int(place[0]) + self._random.randrange(1, 9))
        return _put(text, found.start() + place.start(), found.start() + place.end(), changed)

    def sentence(self, text: str) -> str:
        """Add a sentence to a paragraph."""
        end = self.paragraph(text).end()
        return _put(text, end, end, f" {self._sentence()}")

    def added(self, text: str) -> str:
        """Add a paragraph after another."""
        end = self.paragraph(text).end()
        return _put(text, end, end, f"\n\n{self._sentence()} {self._sentence()}")

    def deleted(self, text: str) -> str:
        """Remove a paragraph, if enough are left."""
        if len(PROSE.findall(text)) < 8:
            return text
        found = self.paragraph(text)
        return _put(text, found.start(), found.end() + 2, "")

    def moved(self, text: str) -> str:
        """Swap two paragraphs."""
        one, two = sorted((self.paragraph(text), self.paragraph(text)), key=re.Match.start)
        if one.start() == two.start():
            return text
        between = text[one.end() : two.start()]
        return text[: one.start()] + two[0] + between + one[0] + text[two.end() :]

    def split(self, text: str) -> str:
        """Split a paragraph in two."""
        found = self.paragraph(text)
        ends = list(re.finditer(r"(?<=[.?!]) (?=[A-Z가-힣])", found[0]))
        if not ends:
            return text
        place = self._random.choice(ends)
        return _put(text, found.start() + place.start(), found.start() + place.end(), "\n\n")

    def row(self, text: str) -> str:
        """Add a row to a table."""
        rows = list(re.finditer(r"^\|.*\|$(?=\n(?!\|))", text, re.MULTILINE))
        if not rows:
            return text
        last = self._random.choice(rows)
        cells = last[0].count("|") - 1
        new = [self._word(), *(str(self._random.randrange(100)) for _ in range(cells - 1))]
        return _put(text, last.end(), last.end(), f"\n| {' | '.join(new)} |")

    def heading(self, text: str) -> str:
        """Change a heading."""
        found = self._random.choice(list(re.finditer(r"^## .*$", text, re.MULTILINE)))
        return _put(text, found.end(), found.end(), f" {self._word()}")

    def _word(self) -> str:
        return self._random.choice(WORDS[self._language])

    def _sentence(self) -> str:
        return SENTENCES[self._language].format(self._word(), self._word())


EDITS: dict[str, Callable[[Author, str], str]] = {
    name: getattr(Author, name)
    for name in (
        "word", "typo", "number", "sentence", "added", "deleted", "moved", "split", "row",
        "heading",
    )
}  # fmt: skip
WEIGHTS = dict(zip(EDITS, (24, 16, 14, 12, 8, 5, 6, 5, 6, 4), strict=True))
"""How many of a hundred edits are of a kind: most are small."""


def _put(text: str, start: int, end: int, new: str) -> str:
    return text[:start] + new + text[end:]


def whole(folder: Path, slug: str, language: str, text: str) -> tuple[Spent, Spent]:
    """Return the cost of the whole file by section, and in one request."""
    shutil.rmtree(folder / "articles", ignore_errors=True)
    shutil.rmtree(folder / "locales", ignore_errors=True)
    shutil.rmtree(folder / ".bilingual", ignore_errors=True)
    file = folder / "articles" / slug / f"index.{language}.md"
    file.parent.mkdir(parents=True)
    file.write_text(text, "utf-8")
    counter = Counter()
    translate(Newsroom.open(folder), [slug], drafts=counter.engine)
    return counter.spent, _single(counter.requests)


def _single(requests: list[Request]) -> Spent:
    """Return the cost of all passages of ``requests`` in one request."""
    passages = [passage for request in requests for passage in request.passages]
    terms = {term.id: term for request in requests for term in request.terms}
    names = dict(pair for request in requests for pair in request.names)
    one = replace(
        requests[0],
        passages=tuple(replace(each, id=str(n)) for n, each in enumerate(passages, 1)),
        terms=tuple(terms.values()),
        names=tuple(names.items()),
        section=(),
        before=(),
        after=(),
    )
    used = estimate.usage(one)
    return Spent(used.prompt, 0, used.completion, 1)


class NewsroomMonth:
    """A newsroom during the month, with one way of reviewing."""

    def __init__(self, folder: Path, people: str) -> None:
        self._people = people
        shutil.copytree(ROOT / "articles", folder / "articles")
        shutil.copytree(ROOT / "locales", folder / "locales")
        _furnish(folder)
        self.newsroom = Newsroom.open(folder)
        segment(self.newsroom)
        counter = Counter()
        translate(self.newsroom, drafts=counter.engine)
        for article in self.newsroom.articles():
            if people == "drafts":
                self._undo(article, counter.engine.origin)
            else:
                self._approve(article)

    def edited(self, slug: str, text: str) -> Counter:
        """Return what is sent after the article ``slug`` is changed to ``text``."""
        article = self.newsroom.article(slug)
        (self.newsroom.root / article.path).write_text(text, "utf-8")
        counter = Counter()
        segment(self.newsroom, [slug])
        redo = [each.id for each in self._catalog(article).live if each.target.stale]
        named = redo if self._people == "named" else ()
        translate(self.newsroom, [slug], drafts=counter.engine, redo=named)
        if self._people != "drafts":
            self._approve(article)
        return counter

    def _catalog(self, article: Article) -> Catalog:
        return self.newsroom.catalog(article.slug, self.newsroom.target_language(article))

    def _approve(self, article: Article) -> None:
        for each in self._catalog(article).live:
            if each.target.text and not each.target.approved:
                review.approve(self.newsroom, article.slug, each.id, DECISION)

    def _undo(self, article: Article, origin: str) -> None:
        """Make each target an unreviewed draft of the engine ``origin``."""

        def drafts(catalog: Catalog) -> Catalog:
            return replace(
                catalog,
                entries=tuple(
                    replace(each, target=Target(each.target.text, State.TRANSLATED, origin))
                    for each in catalog.entries
                ),
            )

        self.newsroom.change(article, self.newsroom.target_language(article), drafts)


def _furnish(folder: Path) -> None:
    for name in ("bilingual.toml", "glossary.yaml"):
        shutil.copy(ROOT / name, folder / name)


@dataclass(frozen=True)
class Edit:
    """One edit and what each way costs."""

    name: str
    rooms: dict[str, Spent]
    units: dict[str, int]
    """Units sent, by the kind of people."""
    sections: Spent
    single: Spent


def month(folder: Path, edits: int, seed: int) -> Iterator[Edit]:
    """Yield what each edit costs."""
    other = folder / "whole"
    other.mkdir()
    _furnish(other)
    rooms = {people: NewsroomMonth(folder / people, people) for people in PEOPLE}
    desk = rooms[PEOPLE[0]].newsroom
    articles = {article.slug: article for article in desk.articles()}
    authors = {
        slug: Author(each.language, seed + n) for n, (slug, each) in enumerate(articles.items())
    }
    pick = random.Random(seed)  # noqa: S311 - the same each time
    for _ in range(edits):
        slug = pick.choice(sorted(articles))
        article = desk.article(slug)
        name, text = authors[slug].edit(article.text)
        counters = {people: room.edited(slug, text) for people, room in rooms.items()}
        yield Edit(
            name,
            {people: each.spent for people, each in counters.items()},
            {people: len(each.passages) for people, each in counters.items()},
            *whole(other, slug, article.language, text),
        )


def main() -> None:
    """Print what each kind of edit cost, and the month."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--edits", type=int, default=60, help="two a day")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--json", action="store_true")
    chosen = options.parse_args()
    kinds: dict[str, list[Edit]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder:
        for edit in month(Path(folder), chosen.edits, chosen.seed):
            kinds[edit.name].append(edit)
    rows = [*((name, kinds[name]) for name in EDITS if kinds[name])]
    rows.append(("month", [each for found in kinds.values() for each in found]))
    figures = [_figures(name, found) for name, found in rows]
    if chosen.json:
        print(json.dumps({"seed": chosen.seed, "rows": figures}, indent=2))
        return
    head = "".join(f" {people} | of sections | of one |" for people in PEOPLE)
    print(f"| edit | times | whole file by section | in one request |{head}")
    print(f"|---|---:|---:|---:|{'---:|' * 3 * len(PEOPLE)}")
    for each in figures:
        cells = "".join(
            f" {room['tokens']:,} | {room['of_sections']:.1f} % | {room['of_single']:.1f} % |"
            for room in each["rooms"].values()
        )
        print(
            f"| {each['edit']} | {each['times']} | {each['sections']:,} | {each['single']:,} |"
            f"{cells}"
        )
    print(f"\n{PRICED}, the cache cold and warm:")
    for name, (cold, warm) in figures[-1]["dollars"].items():
        print(f"{name}: ${cold:.4f}, ${warm:.4f}")


def _figures(name: str, found: list[Edit]) -> dict[str, Any]:
    sections = sum((each.sections for each in found), NOTHING)
    single = sum((each.single for each in found), NOTHING)
    rooms = {people: sum((each.rooms[people] for each in found), NOTHING) for people in PEOPLE}
    ways = {**rooms, "whole files by section": sections, "in one request": single}
    return {
        "edit": name,
        "times": len(found),
        "sections": sections.all,
        "single": single.all,
        "rooms": {
            people: {
                "units": sum(each.units[people] for each in found),
                "tokens": spent.all,
                "requests": spent.requests,
                "of_sections": 100 * spent.all / sections.all,
                "of_single": 100 * spent.all / single.all,
            }
            for people, spent in rooms.items()
        },
        "dollars": {
            way: (spent.dollars(cached=False), spent.dollars(cached=True))
            for way, spent in ways.items()
        },
    }


if __name__ == "__main__":
    main()
