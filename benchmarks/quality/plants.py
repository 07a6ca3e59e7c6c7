"""Errors to plant into a good Korean target: one function a family, each with one way to err.

A function takes a row and a seeded random generator, and returns the row with the error in it, or
None when the row offers no place for it. What is planted is what a translator, an engine or an
editor does: a slip of a digit, 만 for 억, the other particle. The places are found with patterns
of this file's own, not with the rules' reading of the text.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING

from corpus import TERMS, Row, matcher

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

CODE = re.compile(r"`[^`]+`|\]\([^)]*\)|https?://\S+|<[^>]+>|\$[^$]*\$|\{[^}]*\}")
"""What holds no words: errors are not planted there unless they are of it."""
NUMBER = re.compile(r"(?<![\w.,/:#@-])\d[\d,]*(?:\.\d+)?(?![\w.]*[A-Za-z\d])")
MYRIAD = {"만": "억", "억": "만", "조": "억", "천만": "천억", "백만": "백억"}
UNITS = {
    "킬로미터": "미터", "미터": "킬로미터", "km": "m", "마일": "킬로미터", "kg": "g", "GB": "MB",
    "MB": "GB", "TB": "GB", "달러": "원", "파운드": "달러", "유로": "달러", "분": "시간",
    "시간": "분", "초": "분", "ms": "s", "일": "주", "주": "개월", "개월": "년", "년": "개월",
    "%": "%포인트", "퍼센트": "퍼센트포인트",
}  # fmt: skip
PARTICLES = {
    "은": "는",
    "는": "은",
    "이": "가",
    "가": "이",
    "을": "를",
    "를": "을",
    "과": "와",
    "와": "과",
}
STEMS = (
    "하되있없않같많받주지리치가오보시르내기키이우추쓰크나서려라먹싶좋높작맞넣짓낮넓젊늦짧깊쉽놓맺닿얻찾읽앉남담닮삶젓잇벗씻웃"
    "솟뺏빗뛰피두누꾸바모따차사자타히니띄의해어여켜펴져쳐뤄워써떠커태개매새재배대세떼데베메게"
)
"""Syllables that stems of verbs end with; nouns end with them too, and are passed over."""
SENTENCE_END = re.compile(r"(?<=[다요죠까오][.!?])\s+(?=\S)")
NAMES = {
    "TensorFlow": "TensorBoard", "Keras": "Kera", "Python": "PyTorch", "React": "Redux",
    "GitHub": "GitLab", "JavaScript": "TypeScript", "Rust": "Ruby", "Android": "iOS",
    "Hugging Face": "Hugging Fate",
}  # fmt: skip
TERM_MATCHER = matcher(TERMS)


def _covered(text: str) -> list[tuple[int, int]]:
    return [found.span() for found in CODE.finditer(text)]


def _free(text: str, start: int, end: int) -> bool:
    return not any(begin < end and start < stop for begin, stop in _covered(text))


def _cut(row: Row, start: int, end: int, put: str) -> Row:
    return replace(row, ko=row.ko[:start] + put + row.ko[end:])


def _numbers(row: Row) -> list[re.Match[str]]:
    """Return numbers of the target that the source writes with the same digits."""
    there = {found[0].rstrip(",") for found in NUMBER.finditer(row.en)}
    return [
        found
        for found in NUMBER.finditer(row.ko)
        if found[0].rstrip(",") in there and _free(row.ko, *found.span())
    ]


def digit(row: Row, random: Random) -> Row | None:
    """Swap or change one digit of a number: 14.3 → 13.4, 2018 → 2016."""
    places = [found for found in _numbers(row) if not re.match(r"\s*[월일]", row.ko[found.end() :])]
    if not places:
        return None
    found = random.choice(places)
    number = found[0]
    at = random.choice([i for i, mark in enumerate(number) if mark.isdigit()])
    other = str((int(number[at]) + random.randint(1, 8)) % 10)
    if at == 0 and other == "0":
        other = "9" if number[0] != "9" else "8"
    return _cut(row, found.start() + at, found.start() + at + 1, other)


def magnitude(row: Row, random: Random) -> Row | None:
    """Write the wrong myriad (143억 for 143만) or lose three zeros (5,000 → 5)."""
    places = [
        (found.start(1), found.end(1), MYRIAD[found[1]])
        for found in re.finditer(r"\d\s?(천만|백만|만|억|조)(?![가-힣]{3})", row.ko)
        if _free(row.ko, *found.span())
    ]
    places += [
        (found.start(), found.end(), found[0][:-4] if "," in found[0] else found[0] + "000")
        for found in _numbers(row)
        if re.fullmatch(r"\d{1,3},000|[1-9]\d?", found[0])
        and not re.match(r"\s*[월일년]", row.ko[found.end() :])
        and not re.match(r"[.)]\s", row.ko[found.end() :])
    ]
    return _cut(row, *random.choice(places)) if places else None


def unit(row: Row, random: Random) -> Row | None:
    """Write another unit behind a number: 5km → 5m, 20% → 20%포인트, 달러 → 원."""
    names = "|".join(sorted(map(re.escape, UNITS), key=len, reverse=True))
    places = []
    for found in re.finditer(rf"\d\s?({names})(?![A-Za-z0-9/]|포인트|[가-힣]{{3}})", row.ko):
        if not _free(row.ko, *found.span()):
            continue
        word = found[1]
        before = re.search(r"[\d,.]+\s?$", row.ko[: found.start(1)])
        # Days and years of a date are no durations; the source has to say the number too.
        number = before[0].strip() if before else ""
        dated = word in {"일", "년"} and not re.match(
            r"\s?(?:동안|간|전|후|이상|만에)", row.ko[found.end(1) :]
        )
        counted = word in {"분", "주"} and not re.match(
            r"(?:\s|이|을|간|동안|후|마다|$)", row.ko[found.end(1) :]
        )
        said = (
            re.search(rf"{re.escape(number)}[-\s]?(?:[A-Za-z$%]|$)", row.en)
            or f"${number}" in row.en
        )
        if dated or counted or not number or not said:
            continue
        places.append((found.start(1), found.end(1), UNITS[word]))
    return _cut(row, *random.choice(places)) if places else None


def date(row: Row, random: Random) -> Row | None:
    """Move a date by a month, some days or a year."""
    months = (
        r"January|February|March|April|May|June|July|August|September|October|November|December"
    )
    places = []
    if re.search(months, row.en):
        places += [
            (*found.span(1), str(int(found[1]) % 12 + 1))
            for found in re.finditer(r"(?<!\d)(1[0-2]|[1-9])월", row.ko)
        ]
        places += [
            (*found.span(1), str(int(found[1]) % 28 + 1))
            for found in re.finditer(r"월 (\d{1,2})일", row.ko)
        ]
    places += [
        (*found.span(1), str(int(found[1]) + random.choice((-10, -1, 1, 10))))
        for found in re.finditer(r"((?:19|20)\d\d)년(?! ?(?:간|동안))", row.ko)
        if found[1] in row.en
    ]
    return _cut(row, *random.choice(places)) if places else None


def minus(row: Row, random: Random) -> Row | None:
    """Lose a minus, or gain one where a number has a unit or counts something."""
    lost = [
        (*found.span(), "")
        for found in re.finditer(r"(?<![\w)~])(?:[-−]|영하 |마이너스 )(?=\d)", row.ko)
        if (found[0][0] in "영마" or found[0] + row.ko[found.end()] in row.en)
        and _free(row.ko, *found.span())
    ]
    gained = [
        (found.start(), found.start(), random.choice(("-", "−", "마이너스 ")))
        for found in _numbers(row)
        if re.match(r"\s?(?:%|퍼센트|도|점|달러|원|배|km|kg|GB|MB|포인트|℃)", row.ko[found.end() :])
        and not re.search(r"[~∼–-]\s?$|[$€£]$", row.ko[: found.start()])
    ]
    places = lost or gained
    return _cut(row, *random.choice(places)) if places else None


def name_changed(row: Row, random: Random) -> Row | None:
    """Put a similar name for a name that is kept in Latin letters."""
    places = [
        (found.start(), found.end(), NAMES[found[0]])
        for found in re.finditer("|".join(NAMES), row.ko)
        if row.ko.count(found[0]) == 1
        and re.search(rf"\b{found[0]}\b(?![-./])", CODE.sub(" ", row.en))
        and _free(row.ko, *found.span())
        and not re.match(r"[\w.\-]*[A-Za-z\d]", row.ko[found.end() :])
    ]
    return _cut(row, *random.choice(places)) if places else None


def name_dropped(row: Row, random: Random) -> Row | None:
    """Leave a name out, with the particle behind it."""
    changed = name_changed(row, random)
    if changed is None:
        return None
    for name, other in NAMES.items():
        if row.ko.count(name) == 1 and changed.ko == row.ko.replace(name, other):
            start = row.ko.index(name)
            particle = re.match(
                r"(?:에서|으로|은|는|이|가|을|를|의|와|과|로)?\s*", row.ko[start + len(name) :]
            )
            return _cut(row, start, start + len(name) + (particle.end() if particle else 0), "")
    return None


def _links(text: str) -> list[re.Match[str]]:
    return list(re.finditer(r"(?<!!)\[([^\[\]]+)\]\(([^()\s]+)\)", text))


def link_dropped(row: Row, random: Random) -> Row | None:
    """Keep a link's words and lose its address."""
    links = [each for each in _links(row.ko) if each[2] in row.en and row.ko.count(each[2]) == 1]
    if not links:
        return None
    found = random.choice(links)
    return _cut(row, *found.span(), found[1])


def link_changed(row: Row, random: Random) -> Row | None:
    """Lose the end of an address."""
    links = [
        each
        for each in _links(row.ko)
        if each[2] in row.en and "#" not in each[2] and len(each[2].strip("/").split("/")[-1]) > 4
    ]
    if not links:
        return None
    found = random.choice(links)
    return _cut(row, *found.span(2), found[2].rstrip("/")[:-3])


def link_swapped(row: Row, random: Random) -> Row | None:
    """Swap the addresses of two links."""
    links = [each for each in _links(row.ko) if each[2] in row.en]
    if len(links) < 2 or links[0][2] == links[1][2]:
        return None
    first, second = sorted(random.sample(links, 2), key=lambda each: each.start())
    if first[2] == second[2]:
        return None
    text = row.ko
    text = text[: second.start(2)] + first[2] + text[second.end(2) :]
    text = text[: first.start(2)] + second[2] + text[first.end(2) :]
    return replace(row, ko=text)


def _codes(row: Row) -> list[re.Match[str]]:
    return [
        found
        for found in re.finditer(r"(?<!`)`([^`\n]+)`(?!`)", row.ko)
        if found[0] in row.en and row.ko.count(found[0]) == row.en.count(found[0]) == 1
    ]


def code_changed(row: Row, random: Random) -> Row | None:
    """Lose a letter inside code, or translate its case."""
    codes = [each for each in _codes(row) if len(each[1]) > 3 and each[1][1].isalpha()]
    if not codes:
        return None
    found = random.choice(codes)
    return _cut(row, found.start(1) + 1, found.start(1) + 2, "")


def code_dropped(row: Row, random: Random) -> Row | None:
    """Lose code, back-ticks and all, or the back-ticks alone."""
    codes = _codes(row)
    if not codes:
        return None
    found = random.choice(codes)
    return _cut(row, *found.span(), random.choice(("이것", found[1])))


def _strong(text: str) -> list[re.Match[str]]:
    return [
        each
        for each in re.finditer(r"(?<!\*)\*\*(?![\s*])([^*\n]+?)(?<!\s)\*\*(?!\*)", text)
        if not re.search(
            r"[)\"'”’.,:!?`\]]\*\*[가-힣]", each[0] + text[each.end() : each.end() + 1]
        )
    ]


def emphasis_broken(row: Row, random: Random) -> Row | None:
    """Lose one mark of a pair, or put a space inside: ``**굵게`` or ``** 굵게**``."""
    places = _strong(row.ko)
    if not places or len(places) != len(_strong(row.en)) or row.ko.count("*") != 4 * len(places):
        return None
    found = random.choice(places)
    inner = found[1]
    return _cut(row, *found.span(), random.choice((f"**{inner}", f"{inner}**", f"** {inner} **")))


def emphasis_dropped(row: Row, random: Random) -> Row | None:
    """Lose the emphasis whole."""
    places = _strong(row.ko)
    if not places or len(places) != len(_strong(row.en)):
        return None
    found = random.choice(places)
    return _cut(row, *found.span(), found[1])


def emphasis_unrendered(row: Row, random: Random) -> Row | None:
    """Put a gloss inside the marks, a particle behind them: ``**용어(Term)**는``."""
    places = [
        found
        for found in _strong(row.ko)
        if re.match(r"[은는이가을를의과와도로에]\s", row.ko[found.end() :])
        and "가" <= found[1][-1] <= "힣"
    ]
    if not places:
        return None
    found = random.choice(places)
    return _cut(row, *found.span(1), f"{found[1]}(Term)")


def particle(row: Row, random: Random) -> Row | None:
    """Write the other particle of the pair behind a word of two syllables or more, or 으로/로."""
    places = []
    for found in re.finditer(r"(?<=[가-힣]{2})(은|는|을|를|과|와)(?=[ ,])", row.ko):
        final = (ord(row.ko[found.start() - 1]) - 0xAC00) % 28 != 0
        right = found[1] in ("은을과" if final else "는를와")
        # 하는, 않은, 있는 are endings: what may be a verb's stem makes the particle doubtful.
        verb = row.ko[found.start() - 1] in STEMS
        # 가져와 and 다가와 are verbs; 속에는 and 여기는 add the particle to another one.
        verb = verb or row.ko[found.start() - 1] in "에서기드느던만도까"
        if (
            right
            and found[1] != "와"
            and not (found[1] in "은는" and verb)
            and _free(row.ko, *found.span())
        ):
            places.append((*found.span(), PARTICLES[found[1]]))
    for found in re.finditer(r"(?<=[가-힣]{2})(으로)(?=[ ,])", row.ko):
        final = (ord(row.ko[found.start() - 1]) - 0xAC00) % 28
        if final not in {0, 8} and _free(row.ko, *found.span()):
            places.append((*found.span(), "로"))
    return _cut(row, *random.choice(places)) if places else None


READINGS = {
    "API": False, "TensorFlow": False, "GPU": False, "CPU": False, "URL": True, "JSON": True,
    "Python": True, "DOM": True, "HTML": True, "React": False, "GitHub": False, "CSS": False,
    "LLM": True, "TPU": False, "SDK": False, "UI": False, "AI": False, "ID": False, "PR": True,
}  # fmt: skip
"""Whether a Latin word ends with a final consonant as it is read in Korean: GPU는, JSON은."""


def particle_latin(row: Row, random: Random) -> Row | None:
    """Write the other particle behind a Latin word: GPU은, JSON는."""
    places = []
    for found in re.finditer(r"(?<![A-Za-z`])([A-Za-z]+)(은|는|이|가|을|를|과|와)(?=[ ,])", row.ko):
        final = READINGS.get(found[1])
        if (
            final is None
            or (found[2] in "은이을과") is not final
            or not _free(row.ko, *found.span())
        ):
            continue
        places.append((*found.span(2), PARTICLES[found[2]]))
    return _cut(row, *random.choice(places)) if places else None


def sentence_dropped(row: Row, random: Random) -> Row | None:
    """Leave out one sentence of three or more, or of two long ones."""
    sentences = SENTENCE_END.split(row.ko)
    english = re.split(r"(?<=[.!?])\s+(?=[A-Z`\[])", row.en)
    if len(sentences) < 2 or len(sentences) != len(english) or min(map(len, sentences)) < 15:
        return None
    del sentences[random.randrange(len(sentences))]
    return replace(row, ko=" ".join(sentences))


def left_in_source(row: Row, _random: Random) -> Row | None:
    """Leave the whole unit in English."""
    words = CODE.sub(" ", row.en)
    if len(re.findall(r"\b[a-z]{2,}\b", words)) < 4:
        return None
    return replace(row, ko=row.en)


def sentence_left_in_source(row: Row, random: Random) -> Row | None:
    """Leave one sentence of several in English."""
    sentences = SENTENCE_END.split(row.ko)
    english = re.split(r"(?<=[.!?])\s+(?=[A-Z`\[])", row.en)
    if len(sentences) < 2 or len(sentences) != len(english):
        return None
    at = random.randrange(len(sentences))
    if len(re.findall(r"\b[a-z]{2,}\b", CODE.sub(" ", english[at]))) < 4:
        return None
    sentences[at] = english[at]
    return replace(row, ko=" ".join(sentences))


def forbidden_term(row: Row, random: Random) -> Row | None:
    """Write a form that the glossary forbids for one it admits."""
    sought = {hit.term.id for hit in TERM_MATCHER.scan(row.en, "en") if not hit.forbidden}
    places = []
    for hit in TERM_MATCHER.scan(row.ko, "ko"):
        forms = hit.term.forbidden.get("ko", ())
        if (
            not hit.forbidden
            and forms
            and hit.term.id in sought
            and _free(row.ko, hit.start, hit.end)
        ):
            places.append((hit.start, hit.end, forms[0]))
    return _cut(row, *random.choice(places)) if places else None


def missing_term(row: Row, random: Random) -> Row | None:
    """Write an unknown word for every form of a term."""
    sought = {hit.term.id for hit in TERM_MATCHER.scan(row.en, "en") if not hit.forbidden}
    there = [
        hit
        for hit in TERM_MATCHER.scan(row.ko, "ko")
        if hit.term.id in sought and not hit.term.keep
    ]
    terms = sorted({hit.term.id for hit in there})
    if not terms:
        return None
    chosen = random.choice(terms)
    gone = [form for hit in there if hit.term.id == chosen for form in hit.term.forms["ko"]]
    text = row.ko
    for form in sorted(set(gone), key=len, reverse=True):
        text = text.replace(form, "거시기")
    return replace(row, ko=text)


def nfd(row: Row, _random: Random) -> Row | None:
    """Decompose the Hangul, as files from some systems have it."""
    decomposed = unicodedata.normalize("NFD", row.ko)
    return replace(row, ko=decomposed) if decomposed != row.ko else None


def compatibility_jamo(row: Row, random: Random) -> Row | None:
    """Leave a half-typed syllable: 모델 → 모데ㄹ."""
    places = [
        found.start()
        for found in re.finditer(r"[가-힣](?=[가-힣 ])", row.ko)
        if (ord(found[0]) - 0xAC00) % 28 == 8 and _free(row.ko, *found.span())
    ]
    if not places:
        return None
    at = random.choice(places)
    return _cut(row, at, at + 1, chr(ord(row.ko[at]) - 8) + "ㄹ")


def wrong_script(row: Row, random: Random) -> Row | None:
    """Leave a Chinese or Japanese fragment, as engines do."""
    spaces = [
        found.start()
        for found in re.finditer(r"(?<=[가-힣]) (?=[가-힣])", row.ko)
        if _free(row.ko, *found.span())
    ]
    if not spaces:
        return None
    at = random.choice(spaces)
    return _cut(row, at, at, random.choice((" 操作步骤는", " 模型的", " データを", " これは")))


def html_dropped(row: Row, random: Random) -> Row | None:
    """Lose one closing tag."""
    tags = [each for each in re.finditer(r"</\w+>", row.ko) if each[0] in row.en]
    if not tags or re.search("`[^`]*</", row.ko):
        return None
    return _cut(row, *random.choice(tags).span(), "")


def image_dropped(row: Row, random: Random) -> Row | None:
    """Lose an image that stands among words."""
    images = [
        each
        for each in re.finditer(r"!\[[^\]]*\]\(([^)\s]+)\)", row.ko)
        if each[1] in row.en and each[0] != row.ko.strip()
    ]
    return _cut(row, *random.choice(images).span(), "") if images else None


def placeholder_changed(row: Row, random: Random) -> Row | None:
    """Translate the name in a placeholder; a formula's ``^{n}`` is none."""
    places = [
        each
        for each in re.finditer(r"(?<![$`\\{=^_])\{[A-Za-z_]\w*\}(?!\})", row.ko)
        if each[0] in row.en
        and not any(
            code.start() < each.start() < code.end() for code in re.finditer(r"`[^`]+`", row.ko)
        )
    ]
    return _cut(row, *random.choice(places).span(), "{이름}") if places else None


def word_doubled(row: Row, random: Random) -> Row | None:
    """Write a word twice."""
    places = [
        each
        for each in re.finditer(r"(?<= )[가-힣]{3,}(?= )", row.ko)
        if _free(row.ko, *each.span())
    ]
    if not places:
        return None
    found = random.choice(places)
    return _cut(row, found.end(), found.end(), f" {found[0]}")


POLITE = re.compile(r"(합|입|됩|습|있습|없습|줍|옵|갑|봅)니다\.$")
PLAIN = {
    "합": "한다.",
    "입": "이다.",
    "됩": "된다.",
    "있습": "있다.",
    "없습": "없다.",
    "줍": "준다.",
    "옵": "온다.",
    "갑": "간다.",
    "봅": "본다.",
}


def register_mixed(units: Sequence[Row], random: Random) -> list[Row] | None:
    """End one unit of a polite article in the plain style."""
    polite = [index for index, row in enumerate(units) if row.ko.endswith("니다.")]
    plain = [row for row in units if re.search(r"[^니]다\.", row.ko)]
    fit = [
        index for index in polite if (found := POLITE.search(units[index].ko)) and found[1] in PLAIN
    ]
    if len(polite) < 8 or plain or not fit:
        return None
    chosen = random.choice(fit)
    row = units[chosen]
    found = POLITE.search(row.ko)
    assert found
    mutated = _cut(row, *found.span(), PLAIN[found[1]])
    return [mutated if index == chosen else each for index, each in enumerate(units)]


def cells_swapped(units: Sequence[Row], random: Random) -> list[Row] | None:
    """Swap two cells of a table: short units whose numbers, code, links or names differ."""

    def facts(row: Row, text: str) -> set[str]:
        found = {each[0] for each in re.finditer(r"`[^`]+`|\]\([^)]+\)|\d[\d.,]*\d|\d", text)}
        return found if row else set()

    cells = [
        index
        for index, row in enumerate(units)
        if len(row.en) < 80 and (known := facts(row, row.en)) and known == facts(row, row.ko)
    ]
    for _ in range(20):
        if len(cells) < 2:
            return None
        one, two = random.sample(cells, 2)
        if facts(units[one], units[one].en).isdisjoint(facts(units[two], units[two].en)):
            swapped = list(units)
            swapped[one] = replace(units[one], ko=units[two].ko)
            swapped[two] = replace(units[two], ko=units[one].ko)
            return swapped
    return None
