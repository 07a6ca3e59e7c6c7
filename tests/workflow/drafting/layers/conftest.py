"""What the tests of layers share: a journal, and a run that is present in a newsroom."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bilingual.journal.journal import Journal
from bilingual.workflow.drafting.run import Run

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def journal(tmp_path) -> Iterator[Journal]:
    opened = Journal(tmp_path / "journal.sqlite")
    yield opened
    opened.close()


@pytest.fixture
def run(make_newsroom) -> Iterator[Run]:
    newsroom = make_newsroom({})
    with newsroom.presence("run 1"):
        yield Run(newsroom, "run 1")
