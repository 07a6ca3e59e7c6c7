"""click's own sentences in the language of the process."""

from __future__ import annotations

import gettext

from bilingual.i18n import COMPILED, DOMAIN
from bilingual.model import N_

CLICK = (
    *(N_("Usage:"), N_("Options"), N_("Positional arguments"), N_("default: {default}")),
    *(N_("Show this message and exit."), N_("Missing command.")),
    *(N_("Missing argument"), N_("Missing option"), N_("No such command {name!r}.")),
    *(N_("No such option {name!r}."), N_("No such option: {name}")),
    N_("Option {name!r} does not take a value."),
    *(N_("Invalid value: {message}"), N_("Invalid value for {param_hint}: {message}")),
    N_("{value} is not in the range {range}."),
    *(N_("{value!r} is not a valid {number_type}."), N_("file")),
    N_("{name} {filename!r} is a directory."),
)
"""The sentences of click that users meet, word for word. click fills them in itself, so a Korean
one may not need a particle for a value."""
PLURALS = (
    ("Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments."),
    ("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)"),
    ("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})"),
    ("{value!r} is not {choice}.", "{value!r} is not one of {choices}."),
)
"""Those that depend on a number: one and many. Korean has one form for both."""


def choose(language: str) -> None:
    """Let click, which asks gettext for its sentences, find them among the tool's words."""
    gettext.bindtextdomain(DOMAIN, str(COMPILED))
    gettext.textdomain("messages" if language == "en" else DOMAIN)
