"""Particles that have two forms, chosen by the sound before them.

Source: 표준국어대사전: 은/는, 이/가, 을/를, 과/와, 으로/로 (로 after ㄹ too), 아/야, (이)나,
(이)란, (이)랑, and the copula's (이)라, (이)며, 이었다/였다, 이에요/예요.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from bilingual.language.ko.reading import Sound

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bilingual.language.ko.reading import Sounds


class Particle(NamedTuple):
    """The two forms of a particle."""

    closed: str
    """After a consonant."""
    open: str
    """After a vowel."""
    strict: bool = True
    """False when the form after consonants is allowed after vowels too: the copula may keep
    its 이 (API이라는)."""
    rieul_open: bool = False
    """True for 으로, which takes its open form after ㄹ."""


_PAIRS = (
    Particle("은", "는"),
    Particle("이", "가"),
    Particle("을", "를"),
    Particle("과", "와"),
    Particle("으로", "로", rieul_open=True),
    Particle("아", "야"),
    Particle("이나", "나"),
    Particle("이란", "란"),
    Particle("이랑", "랑"),
    Particle("이라", "라", strict=False),
    Particle("이며", "며", strict=False),
    Particle("이든", "든", strict=False),
    Particle("이야말로", "야말로"),
    Particle("이었", "였", strict=False),
    Particle("이에요", "예요", strict=False),
)
FORMS: Mapping[str, Particle] = {
    form: particle for particle in _PAIRS for form in (particle.closed, particle.open)
}
ATTACHED = re.compile(
    r"(?P<form>[은는을를]|[이가]|[과와](?=(?:의|는|도|만|같이|함께|달리)?(?![가-힣]))|"
    r"(?:으로|로)(?=(?:서|써|부터|서의|서는|써의|의|는|도|만|까지|까지도|부터의|부터는)?(?![가-힣]))|"
    r"이?나(?=마?(?![가-힣]))|이?란|이?랑|"
    r"이?라(?=(?:는|고|도|면|서|든지|고도|고는|고만|며|기보다|기보다는)?(?![가-힣]))|이?며|이?든(?=지?(?![가-힣]))|"
    r"이?야말로|(?:이었|였)(?=(?:다|고|으나|지만|으며|습니다|던|을|는데)(?![가-힣]))|이에요|예요)"
    r"(?:(?<=[은는을를이가란랑며])(?![가-힣A-Za-z0-9])|(?<=[과와로나라든로었였요]))"
)
"""A particle and what may follow it up to the end of the word; to be matched after a noun."""


def correct_form(form: str, sounds: Sounds) -> str | None:
    """Return the form to use instead of ``form``, or None when it is correct.

    It is correct when it may follow any of ``sounds``, and always when they are unknown.
    """
    if not sounds:
        return None
    particle = FORMS[form]
    correct = {_form(particle, sound) for sound in sounds}
    if form in correct or (form == particle.closed and not particle.strict):
        return None
    return correct.pop() if len(correct) == 1 else None


def _form(particle: Particle, sound: Sound) -> str:
    if sound is Sound.VOWEL or (sound is Sound.RIEUL and particle.rieul_open):
        return particle.open
    return particle.closed
