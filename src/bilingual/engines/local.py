"""The embedded engine: a small model served by a child process on this machine.

Settings, in ``[engines.local]`` of ``bilingual.toml``: ``model`` (a name from ``model_file`` or a
path to any ``.gguf`` file), ``threads``, ``context_tokens``, ``prompt_cache``, ``timeout``,
``batch``, ``context``, ``retries``. The environment variable ``BILINGUAL_LOCAL_MODEL`` goes before
``model``.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import threading
import urllib.request
from dataclasses import replace
from typing import TYPE_CHECKING

from bilingual.engines.base import Engine, EngineTraits
from bilingual.engines.embedded import weights
from bilingual.engines.embedded.server import READY
from bilingual.engines.openai_api.client import Client
from bilingual.engines.openai_api.endpoint import Endpoint
from bilingual.engines.options import EngineOptions
from bilingual.engines.price import FREE
from bilingual.errors import ConfigurationError, EngineDownError
from bilingual.model import msg

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from bilingual.prompting.request import Answer, Request, Usage

NAME = "local"
MODEL = "qwen2.5-coder-1.5b"
LOADING = 180.0
"""Seconds a model may take to load from a slow disk."""
SERVER = "bilingual.engines.embedded.server"
MAGIC = b"GGUF"
WITHOUT_PORT = "http://127.0.0.1/v1"
"""The address in journal keys: the port is another one each time."""


POLITE = (
    "니다",
    *(f"{stem}니다" for stem in "합됩입갑옵줍봅납칩킵립집십춥깁웁릅씁큽섭"),
    *(f"{stem}습니다" for stem in "있없했었았였겠혔같좋많왔줬썼됐났렸졌켰섰않쳤웠뒀샀받높낮싶작"),
    "습니다",
)
"""Words with the ending that plain newspaper Korean does not use, and that a small model uses
despite instructions: enough of them to find every token that contains it."""
ENDING = "니다".encode()
HAN = re.compile("[\u3400-\u9fff]")
WITHOUT_HAN = r"root ::= [^\u3400-\u9FFF\n]+"
"""A grammar (llama.cpp's GBNF) without Chinese characters, which small models write in Korean."""


class Local(Engine):
    """A model file and, once something is asked, the process that serves it."""

    def __init__(
        self,
        model: str,
        endpoint: Endpoint,
        serving: Mapping[str, object],
        traits: EngineTraits,
        progress: Callable[[int, int], None] | None = None,
    ) -> None:
        self._model = model
        self._serving = dict(serving)
        self._manners = traits
        self._progress = progress
        self._asked = Client(endpoint)
        self._client: Client | None = None
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def origin(self) -> str:
        """``mt:local/<model>``."""
        return f"mt:{NAME}/{self._asked.endpoint.model}"

    @property
    def traits(self) -> EngineTraits:
        """Small models mix up several units, and every word of context costs time."""
        return self._manners

    @property
    def pid(self) -> int:
        """The process that serves the model; 0 while there is none."""
        return self._process.pid if self._process else 0

    def key(self, request: Request) -> str:
        """Return what determines the answer; the port does not."""
        return self._asked.key(request)

    def bound(self, request: Request) -> Usage:
        """Return the most tokens that ``request`` and its answer can have."""
        return self._asked.bound(request)

    def ask(self, request: Request) -> Answer:
        """Ask the model, starting its process first; raises as ``Engine.ask`` does."""
        if self._client is None or self._process is None or self._process.poll() is not None:
            self.close()
            self._client = self._start()
        return self._client.ask(request)

    def close(self) -> None:
        """Stop the process."""
        if self._client is not None:
            self._client.close()
            self._client = None
        if self._process is not None:
            if self._process.stdin:
                self._process.stdin.close()
            try:
                self._process.wait(5)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            self._process = None

    def _start(self) -> Client:
        path = weights.fetch(self._model, self._progress)
        with path.open("rb") as file:
            if file.read(4) != MAGIC:
                raise ConfigurationError(
                    msg("not a GGUF model"), path=str(path), hint=msg("set `model` to a .gguf file")
                )
        address = self._serve(path)
        polite = _tokens(address, POLITE, ENDING)

        def steer(request: Request) -> Mapping[str, object]:
            if request.target_language != "ko":
                return {}
            words: dict[str, object] = {"logit_bias": [[token, False] for token in polite]}
            if request.brief and not any(HAN.search(each.text) for each in request.passages):
                words["grammar"] = WITHOUT_HAN
            return words

        return Client(replace(self._asked.endpoint, base_url=f"{address}/v1"), steer)

    def _serve(self, path: Path) -> str:
        """Start the child and return its address once it listens."""
        settings = {**self._serving, "model": str(path), "parent": os.getpid()}
        # Two waiting OpenMP threads that spin take both cores from the two that work.
        environment = {**os.environ, "OMP_WAIT_POLICY": "passive"}
        with tempfile.TemporaryFile() as log:
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
                # -P: a file of the newsroom named json.py is not Python's module.
                [sys.executable, "-P", "-m", SERVER, json.dumps(settings)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                env=environment,
                # Ctrl-C is for the parent, which lets the answer in flight arrive.
                start_new_session=True,
            )
            said: list[str] = []
            ready = threading.Event()
            threading.Thread(target=_listen, args=(self._process, said, ready), daemon=True).start()
            in_time = ready.wait(LOADING)
            if said:
                return said[0]
            code = self._process.poll()
            log.seek(0)
            why = _last_words(log.read().decode("utf-8", "replace"))
            self.close()
        if "No module named 'xllamacpp'" in why:
            raise EngineDownError(
                msg("the embedded engine is not installed"), hint=msg("run `pip install xllamacpp`")
            )
        ended = f"its process ended with {code}" if in_time else f"not ready in {LOADING:g} s"
        raise EngineDownError(
            msg("the embedded engine did not start ({ended}): {reason}", ended=ended, reason=why),
            hint=msg("check the model file and the free memory, or choose another engine"),
        )


def engine(table: Mapping[str, object]) -> Engine:
    """Return the embedded engine; nothing is fetched or started before the first request.

    Raises ``ConfigurationError`` on a wrong table or an unknown model.
    """
    settings = EngineOptions(NAME, table)
    model = settings.text("model", MODEL)
    model = os.environ.get("BILINGUAL_LOCAL_MODEL", "") or model
    endpoint = Endpoint(
        WITHOUT_PORT,
        weights.name(model),
        timeout=settings.number("timeout", 300, least=0.05),
    )
    serving = {
        "threads": settings.count("threads", 0),
        "context_tokens": settings.count("context_tokens", 4096, least=512),
        "prompt_cache": bool(settings.count("prompt_cache", 0)),
    }
    traits = EngineTraits(
        settings.count("batch", 1, least=1),
        settings.count("context", 0),
        brief=settings.count("batch", 1) == 1,
        retries=settings.count("retries", 1),
        attempts=2,
        price=FREE,
    )
    settings.done()
    return Local(model, endpoint, serving, traits, _told)


def _listen(process: subprocess.Popen[bytes], said: list[str], ready: threading.Event) -> None:
    """Wait for the child's address; then read on, so that it never waits for a full pipe."""
    assert process.stdout is not None  # noqa: S101 - for the type checker
    for line in process.stdout:
        text = line.decode("utf-8", "replace")
        if text.startswith(READY):
            said.append(text.removeprefix(READY).strip())
            ready.set()
    ready.set()


def _tokens(address: str, words: Sequence[str], ending: bytes) -> list[int]:
    """Return the tokens in ``words`` that have the whole of ``ending`` in them, sorted.

    Parts of it occur in innocent words as well (습 in 학습).
    """
    found: set[int] = set()
    for word in (*words, *(f" {word}" for word in words)):
        request = urllib.request.Request(  # noqa: S310 - the child's own address
            f"{address}/tokenize",
            json.dumps({"content": word, "with_pieces": True}).encode(),
            {"content-type": "application/json"},
        )
        try:
            with urllib.request.urlopen(request, timeout=30) as reply:  # noqa: S310
                tokens = json.load(reply)["tokens"]
            for token in tokens:
                piece = token["piece"]
                content = piece.encode() if isinstance(piece, str) else bytes(piece)
                if content.endswith(ending):
                    found.add(int(token["id"]))
        except (OSError, ValueError, KeyError, TypeError):
            continue
    return sorted(found)


def _last_words(log: str) -> str:
    """Return the last line of ``log`` that says something, an error's before others."""
    lines = [line.strip() for line in log.splitlines() if line.strip()]
    errors = [line for line in lines if "rror" in line or " E " in line]
    return (errors or lines or ["it said nothing"])[-1][-200:]


def _told(done: int, total: int) -> None:
    """Show the fetching of weights on standard error."""
    weights.show(done, total)
