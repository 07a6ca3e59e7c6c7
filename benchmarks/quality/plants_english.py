"""Errors to plant into a good English target: the Korean side is the source here.

As in ``plants.py``, a function takes a row and a seeded random generator, and returns the row with
the error in it, or None when the row offers no place for it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from plants import CODE, MYRIAD, NUMBER, SENTENCE_END

if TYPE_CHECKING:
    from random import Random

    from corpus import Row

NAMES = {
    "TensorFlow": "TensorBoard", "Keras": "Kera", "Python": "PyTorch", "React": "Redux",
    "GitHub": "GitLab", "JavaScript": "TypeScript", "Rust": "Ruby", "Android": "iOS",
    "Hugging Face": "Hugging Fate", "Ethereum": "Etherium",
}  # fmt: skip
HANGUL_NAMES = {
    "TensorFlow": "텐서플로", "Keras": "케라스", "Python": "파이썬", "React": "리액트",
    "GitHub": "깃허브", "JavaScript": "자바스크립트", "Rust": "러스트", "Android": "안드로이드",
    "Hugging Face": "허깅", "Ethereum": "이더리움",
}  # fmt: skip
SCALES = {"million": "billion", "billion": "million", "trillion": "billion", "thousand": "million"}
UNITS = {
    "kilometers": "meters", "kilometres": "metres", "meters": "kilometers", "km": "m", "kg": "g",
    "miles": "yards", "GB": "MB", "MB": "GB", "TB": "GB", "KB": "MB", "dollars": "won",
    "pounds": "dollars",
    "minutes": "hours", "hours": "minutes", "seconds": "minutes", "ms": "s", "days": "weeks",
    "weeks": "months", "months": "years", "years": "months", "percent": "percentage points",
    "per cent": "percentage points", "%": " percentage points",
}  # fmt: skip
MONTHS = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
]  # fmt: skip
WORDS = re.compile(r"[가-힣]{2,}")


def _free(text: str, start: int, end: int) -> bool:
    return not any(found.start() < end and start < found.end() for found in CODE.finditer(text))


def _cut(row: Row, start: int, end: int, put: str) -> Row:
    return replace(row, en=row.en[:start] + put + row.en[end:])


def _numbers(row: Row) -> list[re.Match[str]]:
    """Return numbers of the English text that the Korean one writes with the same digits."""
    there = {found[0].rstrip(",").replace(",", "") for found in NUMBER.finditer(row.ko)}
    return [
        found
        for found in NUMBER.finditer(row.en)
        if found[0].rstrip(",").replace(",", "") in there and _free(row.en, *found.span())
    ]


def digit_en(row: Row, random: Random) -> Row | None:
    """Change one digit of a number."""
    places = _numbers(row)
    if not places:
        return None
    found = random.choice(places)
    number = found[0].rstrip(",")
    at = random.choice([i for i, mark in enumerate(number) if mark.isdigit()])
    other = str((int(number[at]) + random.randint(1, 8)) % 10)
    if at == 0 and other == "0":
        other = "9" if number[0] != "9" else "8"
    return _cut(row, found.start() + at, found.start() + at + 1, other)


def magnitude_en(row: Row, random: Random) -> Row | None:
    """Write billion for million, or lose three zeros."""
    myriads = re.search(rf"\d\s?(?:천만|백만|천|{'|'.join(MYRIAD)})", row.ko)
    places = [
        (*found.span(1), SCALES[found[1]])
        for found in re.finditer(rf"\d[ -]?({'|'.join(SCALES)})\b", row.en)
        if myriads and _free(row.en, *found.span())
    ]
    places += [
        (found.start(), found.end(), found[0].rstrip(",")[:-4])
        for found in NUMBER.finditer(row.en)
        if re.fullmatch(r"\d{1,3},000", found[0])
        and (found[0] in row.ko or found[0].replace(",", "") in row.ko or myriads)
        and _free(row.en, *found.span())
    ]
    return _cut(row, *random.choice(places)) if places else None


def unit_en(row: Row, random: Random) -> Row | None:
    """Write another unit behind a number: 5 km → 5 m, $5 → €5."""
    names = "|".join(sorted(map(re.escape, UNITS), key=len, reverse=True))
    places = []
    for found in re.finditer(rf"(\d[\d,.]*)(?:\s|-)?({names})(?![A-Za-z0-9/])", row.en):
        said = re.search(rf"(?<![\d.]){re.escape(found[1])}\s?[가-힣A-Za-z%]", row.ko)
        if said and _free(row.en, *found.span()):
            places.append((*found.span(2), UNITS[found[2]]))
    if "달러" in row.ko or "$" in row.ko:
        dollars = re.finditer(r"\$(?=\d[\d,.]*[^\^\d,.$])", row.en)
        places.extend((*found.span(), "€") for found in dollars)
    return _cut(row, *random.choice(places)) if places else None


def date_en(row: Row, random: Random) -> Row | None:
    """Move a date by months or years."""
    places: list[tuple[int, int, str]] = []
    for found in re.finditer(rf"\b({'|'.join(MONTHS)})(?=,? \d)", row.en):
        number = MONTHS.index(found[1])
        if re.search(rf"(?<!\d){number + 1}월", row.ko):
            places.append((*found.span(), MONTHS[(number + random.choice((1, 3, 6))) % 12]))
    places.extend(
        (*found.span(), str(int(found[1]) + random.choice((-10, -1, 1, 10))))
        for found in re.finditer(r"(?<![\w,.$-])((?:19|20)\d\d)(?![\w,.-]*\d)", row.en)
        if f"{found[1]}년" in row.ko and _free(row.en, *found.span())
    )
    return _cut(row, *random.choice(places)) if places else None


def name_changed_en(row: Row, random: Random) -> Row | None:
    """Put a similar name for one that stands once."""
    korean = CODE.sub(" ", row.ko)
    places = [
        (found.start(), found.end(), NAMES[found[0]])
        for found in re.finditer(rf"\b(?:{'|'.join(NAMES)})\b(?![-./\w])", row.en)
        if row.en.count(found[0]) == 1
        and (
            re.search(rf"(?<![A-Za-z]){found[0]}(?![A-Za-z\d./-])", korean)
            or HANGUL_NAMES[found[0]] in korean
        )
        and _free(row.en, *found.span())
        and row.en[found.start() - 1 : found.start()] not in "./-_"
    ]
    return _cut(row, *random.choice(places)) if places else None


def _links(text: str) -> list[re.Match[str]]:
    return list(re.finditer(r"(?<!!)\[([^\[\]]+)\]\(([^()\s]+)\)", text))


def link_dropped_en(row: Row, random: Random) -> Row | None:
    """Keep a link's words and lose its address."""
    links = [each for each in _links(row.en) if each[2] in row.ko and row.en.count(each[2]) == 1]
    if not links:
        return None
    found = random.choice(links)
    return _cut(row, *found.span(), found[1])


def link_changed_en(row: Row, random: Random) -> Row | None:
    """Lose the end of an address."""
    links = [
        each
        for each in _links(row.en)
        if each[2] in row.ko and "#" not in each[2] and len(each[2].strip("/").split("/")[-1]) > 4
    ]
    if not links:
        return None
    found = random.choice(links)
    return _cut(row, *found.span(2), found[2].rstrip("/")[:-3])


def link_swapped_en(row: Row, random: Random) -> Row | None:
    """Swap the addresses of two links."""
    links = [each for each in _links(row.en) if each[2] in row.ko]
    if len(links) < 2:
        return None
    first, second = sorted(random.sample(links, 2), key=lambda each: each.start())
    if first[2] == second[2]:
        return None
    text = row.en
    text = text[: second.start(2)] + first[2] + text[second.end(2) :]
    text = text[: first.start(2)] + second[2] + text[first.end(2) :]
    return replace(row, en=text)


def _codes(row: Row) -> list[re.Match[str]]:
    return [
        found
        for found in re.finditer(r"(?<!`)`([^`\n]+)`(?!`)", row.en)
        if found[0] in row.ko and row.ko.count(found[0]) == row.en.count(found[0]) == 1
    ]


def code_changed_en(row: Row, random: Random) -> Row | None:
    """Lose a letter inside code."""
    codes = [each for each in _codes(row) if len(each[1]) > 3 and each[1][1].isalpha()]
    if not codes:
        return None
    found = random.choice(codes)
    return _cut(row, found.start(1) + 1, found.start(1) + 2, "")


def code_dropped_en(row: Row, random: Random) -> Row | None:
    """Lose code, back-ticks and all, or the back-ticks alone."""
    codes = _codes(row)
    if not codes:
        return None
    found = random.choice(codes)
    return _cut(row, *found.span(), random.choice(("this", found[1])))


def left_in_source_en(row: Row, _random: Random) -> Row | None:
    """Leave the whole unit in Korean."""
    if len(WORDS.findall(CODE.sub(" ", row.ko))) < 3:
        return None
    return replace(row, en=row.ko)


def words_left_in_source_en(row: Row, random: Random) -> Row | None:
    """Leave two words in Korean."""
    spaces = [
        found.start()
        for found in re.finditer(r"(?<=[a-z]) (?=[a-z])", row.en)
        if _free(row.en, *found.span())
    ]
    said = WORDS.findall(CODE.sub(" ", row.ko))
    if not spaces or len(said) < 2:
        return None
    at, start = random.choice(spaces), random.randrange(len(said) - 1)
    return _cut(row, at, at, f" {said[start]} {said[start + 1]}")


def sentence_dropped_en(row: Row, random: Random) -> Row | None:
    """Leave out one sentence of several."""
    korean = SENTENCE_END.split(row.ko)
    sentences = re.split(r"(?<=[.!?])\s+(?=[A-Z`\[])", row.en)
    if len(sentences) < 2 or len(sentences) != len(korean) or min(map(len, sentences)) < 30:
        return None
    del sentences[random.randrange(len(sentences))]
    return replace(row, en=" ".join(sentences))


def emphasis_dropped_en(row: Row, random: Random) -> Row | None:
    """Lose the emphasis whole."""
    strong = re.compile(r"(?<!\*)\*\*(?![\s*])([^*\n]+?)(?<!\s)\*\*(?!\*)")
    places = list(strong.finditer(row.en))
    if not places or len(places) != len(strong.findall(row.ko)):
        return None
    found = random.choice(places)
    return _cut(row, *found.span(), found[1])
