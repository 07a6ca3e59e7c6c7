"""Helpers of the tests of batches: options and article of a run, and requests to the server."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from bilingual.workflow.translate_batch import BatchOptions

if TYPE_CHECKING:
    from bilingual.testing.provider.server import ScriptedServer

SUBMIT = BatchOptions(submit=True, settle=0)
COLLECT = BatchOptions(collect=True, settle=0)
BOTH = BatchOptions(submit=True, collect=True, settle=0)
WAIT = BatchOptions(submit=True, collect=True, wait=True, interval=0.01, settle=0)
WORDS = ("first", "second", "third", "fourth", "fifth", "sixth")
MANY = "\n\n".join(f"# Part {word}\n\nThe {word} paragraph has words." for word in WORDS) + "\n"
"""Six sections, so six requests of two units each."""


def passages(body: dict[str, Any]) -> list[str]:
    """Return the texts to translate of a request."""
    return list(json.loads(body["messages"][-1]["content"])["passages"].values())


def asked(server: ScriptedServer) -> list[list[str]]:
    """Return the texts of each request in the batches, in order."""
    uploaded = [each["input_file_id"] for each in server.batches.batches.values()]
    lines = [line for name in uploaded for line in server.batches.files[name].splitlines()]
    return [passages(json.loads(line)["body"]) for line in lines]
