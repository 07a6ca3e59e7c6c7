"""Read an engine's own table of ``bilingual.toml``, and name every error in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol, runtime_checkable
from urllib.parse import parse_qsl, urlsplit

from bilingual.errors import ConfigurationError
from bilingual.model import N_, Message, msg
from bilingual.nearest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


CONFIGURATION = "bilingual.toml"
SECRETS = ("key", "api_key", "apikey", "token", "secret", "password")
_SECRET = re.compile(r"key|token|secret|passw|signature|^sig$|auth|credential", re.IGNORECASE)
"""Names of parameters of an address that hold one; ``api-version`` does not."""
SHARED = N_("{name} is a secret in a file that is shared")
CHANGE = msg("delete it, change the key, and name an environment variable with `key_env`")


def in_address(address: str) -> str:
    """Return the name of a parameter of ``address`` that holds a key; empty when none does."""
    pairs = parse_qsl(urlsplit(address).query, keep_blank_values=True)
    return next((name for name, value in pairs if value and _SECRET.search(name)), "")


class EngineOptions:
    """One ``[engines.<name>]`` table. What is read is ticked off; ``done`` names what is left."""

    def __init__(
        self,
        engine: str,
        table: Mapping[str, object],
        line: Callable[[tuple[str, ...]], int] | None = None,
    ) -> None:
        """``line`` says where in the file keys are set; a ``table`` may say it itself."""
        self.engine = engine
        self.line = line or (table.line if isinstance(table, Lined) else _nowhere)
        self._table = table
        self._known: list[str] = []
        for name in SECRETS:
            if name in table:
                raise self.fault(name, Message(SHARED, {"name": name}), CHANGE)

    def text(self, name: str, default: str = "") -> str:
        """Return the string ``name``. Raises ``ConfigurationError`` when it is something else."""
        value = self._value(name, default)
        if not isinstance(value, str):
            raise self.fault(
                name,
                msg("{name} is not a string", name=name),
                msg('write `{name} = "…"`', name=name),
            )
        return value

    def number(self, name: str, default: float, *, least: float = 0.0) -> float:
        """Return the number ``name``, at least ``least``."""
        value = self._value(name, default)
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise self.fault(
                name,
                msg("{name} is not a number", name=name),
                msg("write `{name} = {default}`", name=name, default=default),
            )
        if value < least:
            raise self.fault(
                name,
                msg("{name} is below {least:g}", name=name, least=least),
                msg("write `{name} = {default}`", name=name, default=default),
            )
        return float(value)

    def count(self, name: str, default: int, *, least: int = 0) -> int:
        """Return the whole number ``name``, at least ``least``."""
        value = self.number(name, default, least=least)
        if not value.is_integer():
            raise self.fault(
                name,
                msg("{name} is not a whole number", name=name),
                msg("write `{name} = {default}`", name=name, default=default),
            )
        return int(value)

    def switch(self, name: str, *, default: bool) -> bool:
        """Return the truth value ``name``."""
        value = self._value(name, default)
        if not isinstance(value, bool):
            raise self.fault(
                name,
                msg("{name} is neither true nor false", name=name),
                msg("write `{name} = true`", name=name),
            )
        return value

    def table(self, name: str) -> Mapping[str, object]:
        """Return the table ``name``, empty when it is absent."""
        value = self._value(name, {})
        if not isinstance(value, dict):
            raise self.fault(
                name,
                msg("{name} is not a table", name=name),
                msg("write `[engines.{engine}.{name}]`", engine=self.engine, name=name),
            )
        for each in SECRETS:
            if each in value:
                raise self.fault(
                    f"{name}.{each}", Message(SHARED, {"name": f"{name}.{each}"}), CHANGE
                )
        return value

    def has(self, name: str) -> bool:
        """Return True when ``name`` is set."""
        return name in self._table

    def done(self) -> None:
        """Raise ``ConfigurationError`` when the table sets what the engine does not know."""
        for name in self._table:
            if name not in self._known:
                hint = did_you_mean(
                    name, self._known, msg("use one of {names}", names=", ".join(self._known))
                )
                raise self.fault(name, msg("unknown key {name}", name=name), hint)

    def fault(self, key: str, problem: Message, hint: Message) -> ConfigurationError:
        """Return the error of ``key`` in this table (dotted for one of a table in it)."""
        keys = ("engines", *self.engine.split("."), *key.split("."))
        return ConfigurationError(
            msg("engines.{engine}: {reason}", engine=self.engine, reason=problem),
            path=CONFIGURATION,
            line=self.line(keys),
            hint=hint,
        )

    def _value(self, name: str, default: object) -> object:
        self._known.append(name)
        return self._table.get(name, default)


@runtime_checkable
class Lined(Protocol):
    """A table that knows on which line of the file each key is."""

    def line(self, keys: tuple[str, ...]) -> int:
        """Return the line on which ``keys`` (tables, then the key) is set."""


def _nowhere(_keys: tuple[str, ...]) -> int:
    return 0
