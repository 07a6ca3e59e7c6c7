"""Where the key of an endpoint comes from: the environment, else a keyring. Never a file.

The only importer of ``keyring``, which is an extra and is asked only for a key that is needed.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bilingual.errors import EngineDownError
from bilingual.model import msg

if TYPE_CHECKING:
    from bilingual.engines.options import EngineOptions

SERVICE = "bilingual"
"""The service in the keyring; the user is the name of the environment variable."""
INSTALL = "pip install keyring"


@dataclass(frozen=True, slots=True)
class Key:
    """A key and where it was found."""

    value: str = field(default="", repr=False)
    place: str = ""
    """For messages: the environment variable, or the entry of the keyring."""


def find(settings: EngineOptions, variable: str, *, needed: bool) -> Key:
    """Return the key of the engine with these ``settings``: ``key_env``, ``key_keyring``.

    ``variable`` is the environment variable by default. A server of one's own may need none:
    without ``needed`` it gets an empty key when none is named. Raises ``ConfigurationError`` on
    wrong settings and ``EngineDownError`` when no key is found that is needed.
    """
    name = settings.text("key_env", variable)
    entry = settings.text("key_keyring")
    service, _, user = (entry or f"{SERVICE}/{name}").rpartition("/")
    if not service or not user:
        raise settings.fault(
            "key_keyring",
            msg("key_keyring does not name an entry"),
            msg('write `key_keyring = "{service}/{name}"`', service=SERVICE, name=name),
        )
    if value := os.environ.get(name, "").strip():
        return Key(_clean(value, name), name)
    needed = needed or settings.has("key_env") or bool(entry)
    if not needed:
        return Key(place=name)
    if value := _in_keyring(service, user, name, asked_for=bool(entry)):
        place = f"{service}/{user} in the keyring"
        return Key(_clean(value, place), place)
    raise EngineDownError(
        msg("no key in the environment variable {name} or in the keyring", name=name),
        hint=msg(
            "set `{name}`, run `keyring set {service} {user}`, or choose another "
            "engine with `--engine`",
            name=name,
            service=service,
            user=user,
        ),
    )


def _clean(value: str, place: str) -> str:
    """Return the key ``value``; raises ``EngineDownError`` for one that no header can carry.

    A library would quote it in its error.
    """
    if value.isascii() and value.isprintable() and " " not in value:
        return value
    raise EngineDownError(
        msg(
            "the key in {place} contains a line break, a space or another character "
            "that no key has",
            place=place,
        ),
        hint=msg("copy it again, whole and without quotation marks"),
    )


def _in_keyring(service: str, user: str, name: str, *, asked_for: bool) -> str:
    """Return the entry's password; empty when there is none, or no keyring and none ``asked_for``.

    Whatever a backend raises may hold what it read: it is not kept as a cause.
    """
    try:
        import keyring  # noqa: PLC0415 - an extra
        import keyring.errors  # noqa: PLC0415
    except ImportError:
        if asked_for:
            raise EngineDownError(
                msg("`key_keyring` is set, but keyring is not installed"),
                hint=msg("run `{install}`, or set `{name}`", install=INSTALL, name=name),
            ) from None
        return ""
    try:
        return (keyring.get_password(service, user) or "").strip()
    except keyring.errors.NoKeyringError:
        if asked_for:
            raise EngineDownError(
                msg("this machine has no usable keyring"),
                hint=msg("set `{name}` instead", name=name),
            ) from None
    except keyring.errors.KeyringError as error:
        raise EngineDownError(
            msg(
                "the keyring did not give {service}/{user} ({kind})",
                service=service,
                user=user,
                kind=type(error).__name__,
            ),
            hint=msg("unlock it, or set `{name}` instead", name=name),
        ) from None
    return ""
