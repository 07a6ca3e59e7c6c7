"""What tests of the workflow share."""

from __future__ import annotations

import bpe_openai
import pytest


@pytest.fixture(scope="module")
def count():
    encoding = bpe_openai.get_encoding("o200k_base")
    return lambda text: len(encoding.encode_ordinary(text))
