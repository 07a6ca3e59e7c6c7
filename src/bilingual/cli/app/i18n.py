"""The language people are spoken to in: Korean or English, by the locale of the process."""

from __future__ import annotations

import os
import sys
from functools import lru_cache
from typing import TYPE_CHECKING

from bilingual.model import N_, Message

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

LANGUAGES = ("en", "ko")
NO_LANGUAGE = ("C", "POSIX")
"""Locales that speak no language; ``LANGUAGE`` does not count in them (gettext manual, 2.3)."""


MODEL = (
    *(N_("initial"), N_("translated"), N_("reviewed"), N_("final")),
    *(N_("error"), N_("warning"), N_("info")),
    *(N_("field"), N_("heading"), N_("paragraph"), N_("item"), N_("cell"), N_("alt")),
    *(N_("caption"), N_("footnote"), N_("definition"), N_("html"), N_("attribute")),
)
"""The words of the model (states, severities, kinds), which are said as ``tell(str(state))``."""
CLICK = (
    *(N_("Usage:"), N_("Options"), N_("Positional arguments")),
    *(N_("Show this message and exit."), N_("default: {default}")),
    *(N_("Missing command."), N_("Missing argument"), N_("Missing option")),
    *(N_("No such option {name!r}."), N_("Option {name!r} requires an argument.")),
    *(N_("Did you mean {possibility}?"), N_("(Did you mean one of: {possibilities}?)")),
    *(N_("Invalid value: {message}"), N_("Invalid value for {param_hint}: {message}")),
    N_("Got unexpected extra argument ({args})"),
    N_("Got unexpected extra arguments ({args})"),
    *(N_("{value!r} is not {choice}."), N_("{value!r} is not one of {choices}.")),
    N_("{value} is not in the range {range}."),
    N_("{value!r} is not a valid {number_type}."),
)
"""What people meet of click's own sentences, word for word."""


def language(environment: Mapping[str, str] = os.environ) -> str:
    """Return ``ko`` or ``en``: the first of ours that the locale for messages asks for.

    ``LC_ALL`` wins over ``LC_MESSAGES``, that over ``LANG``; ``LANGUAGE``, a list, goes before
    the one that won, as in every gettext program.
    """
    names = (environment.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    locale = next((name for name in names if name), "C")
    if locale.split(".")[0] in NO_LANGUAGE:
        return "en"
    for wish in (*environment.get("LANGUAGE", "").split(":"), locale):
        if wish[:2] in LANGUAGES and not wish[2:3].isalpha():
            return wish[:2]
    return "en"


@lru_cache
def words(language: str) -> Callable[[str], str]:
    """Return the tool's own words in ``language``: English template → template."""
    if language == "en":
        return str  # the templates are English; no catalog is read
    from bilingual.newsroom.i18n import words as catalog

    return catalog(language, None)


def tell(template: str) -> str:
    """Return ``template`` in the language of this process."""
    return words(language())(template)


def sentence(message: Message) -> str:
    """Return ``message`` with its values, those that are messages too, in this language."""
    values = {
        name: sentence(value) if isinstance(value, Message) else value
        for name, value in message.values.items()
    }
    template = tell(message.template)
    return template.format(**values) if values else template


def click_speaks(language: str) -> None:
    """Give click's own sentences ("Usage:", "No such option") the tool's words.

    click binds gettext's functions in each of its modules when it is imported; gettext itself
    reads compiled catalogs only, which the repository does not hold.
    """
    if language == "en":
        return
    found = words(language)

    def plural(one: str, many: str, count: int) -> str:
        return found(one if count == 1 else many)

    for name, module in tuple(sys.modules.items()):
        if name == "click" or name.startswith("click."):
            if hasattr(module, "_"):
                vars(module)["_"] = found
            if hasattr(module, "ngettext"):
                vars(module)["ngettext"] = plural
