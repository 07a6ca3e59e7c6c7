"""Compare drafts with approved targets by chrF++ and BLEU; the only importer of sacrebleu."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bilingual.errors import ConfigurationError
from bilingual.model import msg

if TYPE_CHECKING:
    from collections.abc import Sequence

TOKENIZERS = {"en": "13a", "ko": "char"}
"""How BLEU splits a target into tokens. Korean is split into characters: its words end in particles
and endings, so that whole words hardly ever match, and sacrebleu's ``ko-mecab`` needs a dictionary
that is installed separately. Figures of the two languages cannot be compared with each other, nor
with ``ko-mecab`` figures of papers."""


@dataclass(frozen=True, slots=True)
class Scores:
    """How close drafts are to what people approved, 0 to 100."""

    chrf: float
    """chrF++: character n-grams to 6, word n-grams to 2."""
    bleu: float
    signatures: tuple[str, str]
    """sacrebleu's own description of how the two were computed."""


def need() -> None:
    """Raise ``ConfigurationError`` when sacrebleu is not installed."""
    try:
        import sacrebleu  # noqa: F401, PLC0415 - loads numpy
    except ImportError as error:
        raise ConfigurationError(
            msg("scores need sacrebleu"), hint=msg("run `pip install sacrebleu`")
        ) from error


def scores(drafts: Sequence[str], references: Sequence[str], language: str) -> Scores:
    """Return the scores of ``drafts`` in ``language``, the n-th compared with the n-th reference.

    They are of the whole, not means of single ones. There is at least one; a draft may be empty.
    """
    from sacrebleu.metrics.bleu import BLEU  # noqa: PLC0415 - loads numpy
    from sacrebleu.metrics.chrf import CHRF  # noqa: PLC0415

    chrf, bleu = CHRF(word_order=2), BLEU(tokenize=TOKENIZERS.get(language, "13a"))
    values = [each.corpus_score(list(drafts), [list(references)]).score for each in (chrf, bleu)]
    signatures = (str(chrf.get_signature()), str(bleu.get_signature()))
    return Scores(values[0], values[1], signatures)
