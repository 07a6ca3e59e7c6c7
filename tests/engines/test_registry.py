from __future__ import annotations

import importlib

import pytest

from bilingual.engines import registry
from bilingual.errors import ConfigurationError


def test_every_file_that_is_no_part_is_an_engine_of_its_name():
    for name in registry.names():
        module = importlib.import_module(f"bilingual.engines.{name}")
        assert callable(module.engine), name
    assert {"local", "openai", "scripted"} <= set(registry.names())


def test_an_unknown_engine_is_answered_with_the_nearest():
    with pytest.raises(ConfigurationError, match="did you mean local"):
        registry.create("lokal", {})


@pytest.mark.parametrize("name", ["base", "client", "registry", "../local"])
def test_a_part_is_no_engine(name):
    with pytest.raises(ConfigurationError, match="unknown engine"):
        registry.create(name, {})


def test_an_engine_names_its_origin_after_its_file():
    engine = registry.create("scripted", {})
    assert engine.origin.startswith("mt:scripted/")
    engine.close()
