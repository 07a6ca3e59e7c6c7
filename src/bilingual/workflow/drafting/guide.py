"""Choose the style guide that an engine gets: the newsroom's own, or the built-in one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bilingual.prompting import guide as guides

if TYPE_CHECKING:
    from bilingual.newsroom import Newsroom


def guide(newsroom: Newsroom, source_language: str, target_language: str) -> str:
    """Return the text for ``Request.guide``; empty for the built-in guide as it is.

    Raises ``ConfigurationError`` with file and line when the newsroom's own cannot be used.
    """
    own = newsroom.guide(source_language, target_language)
    case = newsroom.config.translate.headline_case
    if not own and case == guides.SENTENCE:
        return ""
    text = guides.cased(own or guides.text(source_language, target_language), case)
    path = newsroom.guide_path(source_language, target_language) if own else ""
    guides.parse(text, source_language, target_language, path)
    return text
