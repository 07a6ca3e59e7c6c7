"""Read the glossary's YAML: text to terms, and every problem with its line.

``FIELDS`` is the one description of an entry; the JSON Schema for editors is made from it
(``json_schema.py``).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bilingual.errors import Problem, configuration_error
from bilingual.glossary.nodes import compose
from bilingual.language.injection.hidden_characters import visible
from bilingual.model import N_, Message, Term, msg
from bilingual.nearest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bilingual.glossary.nodes import Node

KEEP = "keep"
"""The value of ``ko`` (or of ``en``) that means: keep the form of the other language."""
KINDS = (
    "model", "benchmark", "company", "person", "technique", "licence", "product", "unit",
)  # fmt: skip
SHOWN = 12
"""How many problems one error names; a file that is wrong throughout needs no more."""


@dataclass(frozen=True, slots=True)
class Glossary:
    """The terms of a newsroom, in the order of their file."""

    terms: tuple[Term, ...] = ()
    path: str = ""
    """Their file, relative to the newsroom."""
    text: str = field(default="", compare=False, repr=False)
    """The content of the file."""


@dataclass(frozen=True, slots=True)
class Field:
    """One key of a glossary entry."""

    name: str
    type: str
    """``text``, ``texts`` (a list of them), ``flag`` or ``kind``."""
    description: str
    """What the field holds, in a sentence for the editor's completion."""
    required: bool = False


FIELDS = (
    Field("id", "text", "The entry's lasting name: lower-case letters, digits, hyphens.", True),
    Field("en", "text", "The preferred English form.", True),
    Field("en_allowed", "texts", "Other English forms that are right."),
    Field("en_forbidden", "texts", "English forms that never are."),
    Field("ko", "text", "The preferred Korean form; `keep`: the English form stays.", True),
    Field("ko_allowed", "texts", "Other Korean forms that are right."),
    Field("ko_forbidden", "texts", "Korean forms that never are."),
    Field("reading", "text", "How the form is read aloud, in Hangul: it decides the particle."),
    Field("kind", "kind", "What the term names."),
    Field("first_mention", "text", "How a Korean article writes the term for the first time."),
    Field("case", "flag", "True when upper and lower case count."),
    Field("note", "text", "What a translator should know."),
)
BY_NAME: Mapping[str, Field] = {field.name: field for field in FIELDS}
NOT_TYPES = {
    "text": N_("{name} is not a text"),
    "texts": N_("{name} is not a list of texts"),
    "flag": N_("{name} is neither true nor false"),
    "kind": N_("{name} is not one of {kinds}"),
}
ID = re.compile(r"[a-z0-9]+(?:[-.][a-z0-9]+)*")
READING = re.compile(r"[가-힣 ]+")


def parse(text: str, *, path: str) -> Glossary:
    """Return the terms of the YAML ``text``; ``path`` is its file, for errors.

    Forms are normalised to NFC, and lose what no reader sees. Raises ``ConfigurationError`` at the
    line of the first problem; the error names the others with their own lines.
    """
    root = compose(text, path)
    problems: list[Problem] = []
    terms = [] if root is None else list(_terms(root, problems))
    if problems:
        raise configuration_error(problems, path)
    return Glossary(tuple(terms), path, text)


def _terms(root: Node, problems: list[Problem]) -> Iterator[Term]:
    if root.kind == "null":
        return
    if root.kind != "list":
        problems.append(
            Problem(root.line, msg("not a list of entries"), msg("begin each with `- id: …`"))
        )
        return
    lines: dict[str, int] = {}
    for node in root.items:
        before = len(problems)
        values, places = _values(node, problems)
        name = values.get("id")
        if isinstance(name, str):
            if name in lines:
                problem = msg(
                    "a second entry with id {name} (see line {line})", name=name, line=lines[name]
                )
                problems.append(Problem(places["id"], problem, msg("merge the two, or rename one")))
            lines.setdefault(name, node.line)
        if len(problems) == before:
            term = _term(values, node.line)
            problems.extend(_conflicts(term, values, places))
            yield term


def _values(node: Node, problems: list[Problem]) -> tuple[dict[str, object], dict[str, int]]:
    """Return the fields of an entry and their lines; adds what is wrong to ``problems``."""
    values: dict[str, object] = {}
    places: dict[str, int] = {}
    if node.kind != "table":
        problems.append(
            Problem(node.line, msg("the entry is not a table"), msg("begin it with `- id: …`"))
        )
        return values, places
    for key, value in node.pairs():
        name = key.value
        field = BY_NAME.get(name)
        if field is None:
            problems.append(_unknown(name or "…", key.line))
        elif name in places:
            problem = msg(
                "{name} occurs twice in the entry (see line {line})", name=name, line=places[name]
            )
            problems.append(Problem(key.line, problem, msg("keep one of the two")))
        else:
            places[name] = key.line
            read = _value(field, value)
            if isinstance(read, Problem):
                problems.append(read)
            else:
                values[name] = read
    # An id that is there but wrong is no missing one.
    missing = [field.name for field in FIELDS if field.required and field.name not in places]
    if missing:
        entry, keys = values.get("id", ""), ", ".join(missing)
        problem = (
            msg("{id} has no {keys}", id=entry, keys=keys)
            if entry
            else msg("the entry has no {keys}", keys=keys)
        )
        problems.append(Problem(node.line, problem, msg("write `{key}: …`", key=missing[0])))
    return values, places


def _unknown(name: str, line: int) -> Problem:
    hint = did_you_mean(name, BY_NAME, msg("use one of {names}", names=", ".join(BY_NAME)))
    return Problem(line, msg("unknown key {name}", name=name), hint)


def _value(field: Field, node: Node) -> object:  # noqa: PLR0911 - one a kind of problem
    """Return the value of a field, or the problem in it."""
    wrong = Problem(
        node.line,
        Message(NOT_TYPES[field.type], {"name": field.name, "kinds": ", ".join(KINDS)}),
        _example(field),
    )
    if field.type == "texts":
        if node.kind != "list" or not all(_is_text(each) for each in node.items):
            return wrong
        return tuple(dict.fromkeys(_text(each) for each in node.items))
    if field.type == "flag":
        return node.value.lower() in {"true", "yes", "on"} if node.kind == "bool" else wrong
    if not _is_text(node):
        return wrong
    text = _text(node)
    if field.type == "kind" and text not in KINDS:
        return Problem(
            wrong.line,
            msg("unknown kind {text!r}", text=text),
            did_you_mean(text, KINDS, wrong.hint),
        )
    if field.name == "id" and not ID.fullmatch(text):
        return Problem(
            wrong.line,
            msg("id {text!r} may have lower-case letters, digits and hyphens only", text=text),
            msg("write it like `muse-spark`"),
        )
    if field.name == "reading" and not READING.fullmatch(text):
        return Problem(
            wrong.line,
            msg("reading {text!r} is not in Hangul", text=text),
            msg("write it like `지피티`"),
        )
    return text


def _example(field: Field) -> Message:
    if field.type == "kind":
        return msg("use one of {names}", names=", ".join(KINDS))
    value = {"text": '"…"', "texts": "[…, …]", "flag": "true"}[field.type]
    return msg("write `{example}`", example=f"{field.name}: {value}")


def _is_text(node: Node) -> bool:
    """Return True for a text, not a bare number (``4.10`` would lose its zero) or null."""
    return node.kind == "str" and bool(visible(node.value).strip())


def _text(node: Node) -> str:
    return unicodedata.normalize("NFC", " ".join(visible(node.value).split()))


def _term(values: Mapping[str, object], line: int) -> Term:
    def text(name: str) -> str:
        return str(values.get(name, ""))

    def texts(name: str) -> tuple[str, ...]:
        value = values.get(name, ())
        return value if isinstance(value, tuple) else ()

    keep = KEEP in (text("ko"), text("en"))
    form = text("en") if text("ko") == KEEP else text("ko")
    preferred = {"en": form, "ko": form} if keep else {"en": text("en"), "ko": text("ko")}
    languages = ("en", "ko")
    return Term(
        id=text("id"),
        forms={
            each: tuple(dict.fromkeys((preferred[each], *texts(f"{each}_allowed"))))
            for each in languages
        },
        keep=keep,
        forbidden={each: texts(f"{each}_forbidden") for each in languages},
        reading=text("reading"),
        kind=text("kind"),
        first_mention=text("first_mention"),
        case=values.get("case") is True,
        note=text("note"),
        line=line,
    )


def _conflicts(
    term: Term, values: Mapping[str, object], places: Mapping[str, int]
) -> Iterator[Problem]:
    """Yield forms that the entry both allows and forbids, and ``keep`` in both languages."""
    for language in ("en", "ko"):
        for form in term.forbidden[language]:
            if form in term.forms[language]:
                yield Problem(
                    places[f"{language}_forbidden"],
                    msg("{id} both allows and forbids {form!r}", id=term.id, form=form),
                    msg("keep one of the two"),
                )
    if values.get("en") == KEEP and values.get("ko") == KEEP:
        yield Problem(
            places["ko"],
            msg("{id} keeps nothing", id=term.id),
            msg("write the form in one language"),
        )
