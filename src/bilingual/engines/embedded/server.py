"""The child process of the embedded engine: a llama.cpp server on a loopback port of its choice.

Run as ``python -m bilingual.engines.embedded.server`` with one JSON argument. Says
``ready <address>`` on its own line when it listens. It ends when its standard input does, which
happens when its parent ends, however that ends; on Linux the kernel ensures it, too.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from typing import Any

READY = "bilingual-ready "
PR_SET_PDEATHSIG = 1


def main() -> None:
    """Serve until the parent is gone."""
    settings = json.loads(sys.argv[1])
    _die_with_parent(settings["parent"])
    threading.Thread(target=_watch_parent, daemon=True).start()
    server = _serve(settings)
    print(f"\n{READY}{server.listening_address}", flush=True)  # noqa: T201 - the parent reads it
    threading.Event().wait()


def _serve(settings: dict[str, Any]) -> Any:
    """Load the model and return the running server."""
    import xllamacpp  # noqa: PLC0415 - after the parent is watched

    params = xllamacpp.CommonParams()
    params.model.path = settings["model"]
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    params.n_ctx = settings["context_tokens"]
    # One slot and no prompt cache: what was in a slot before changes the arithmetic of the next
    # answer, and so now and then its words.
    params.n_parallel = 1
    params.cache_prompt = settings["prompt_cache"]
    params.cache_ram_mib = 0
    params.ui = False
    params.endpoint_slots = False
    if settings["threads"]:
        params.cpuparams.n_threads = settings["threads"]
        params.cpuparams_batch.n_threads = settings["threads"]
    return xllamacpp.Server(params)


def _die_with_parent(parent: int) -> None:
    if sys.platform != "linux":
        return
    import ctypes  # noqa: PLC0415

    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it ended before the kernel was told
        os._exit(1)


def _watch_parent() -> None:
    while os.read(0, 4096):
        pass
    os._exit(0)


if __name__ == "__main__":
    main()
