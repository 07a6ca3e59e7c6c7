"""Compile the tool's words for the package: PO files, which people edit, to what gettext reads."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polib
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Runs for wheels and for editable installs."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Write ``src/bilingual/locales/<language>/LC_MESSAGES/bilingual.mo``."""
        root = Path(self.root)
        for words in (root / "locales").glob("*/LC_MESSAGES/bilingual.po"):
            compiled = root / "src/bilingual" / words.relative_to(root).with_suffix(".mo")
            compiled.parent.mkdir(parents=True, exist_ok=True)
            polib.pofile(str(words), encoding="utf-8").save_as_mofile(str(compiled))
