"""Run a function on many items in several processes, with results as if in one.

Each process gets what all items need once; then only items go out and results come back. Each
starts as a Python of its own, for which its imports cost a quarter of a second: a copy of this one
would hold the locks that threads, those of libraries too, had taken at that moment.
"""

from __future__ import annotations

import copyreg
import os
import pickle
import signal
import sys
import threading
from contextlib import contextmanager
from functools import partial
from itertools import repeat
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from bilingual.errors import StorageError
from bilingual.model import msg

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from concurrent.futures import ProcessPoolExecutor

Result = TypeVar("Result")
GIVEN: list[Any] = []
"""In a worker: what it is given with each item."""


def _read_only(table: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(table)


# Read-only tables, which messages and the configuration hold, travel as what they are.
copyreg.pickle(MappingProxyType, lambda table: (_read_only, (dict(table),)))


class Spread(Protocol):
    """Runs a function on each item, in one process or in several."""

    def __call__(
        self, function: Callable[..., Result], items: Sequence[object]
    ) -> Iterator[Result]:
        """Yield ``function(item, given)`` for each of ``items``, in their order."""


def processors() -> int:
    """Return how many processors this process may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def processes(count: int, given: Any) -> Iterator[Spread]:
    """Yield what runs functions of modules in ``count`` processes; each call has ``given``, too.

    With a count of 1 that is this process. An exception in any of them is raised here; when this
    one is interrupted or killed, the others end too. Raises ``StorageError`` when one is killed.
    """
    if count < 2:
        yield lambda function, items: (function(item, given) for item in items)
        return
    import multiprocessing  # noqa: PLC0415 - small runs need none of it
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415

    others = multiprocessing.active_children()
    with _safe_path():  # it starts multiprocessing's own helper process
        pool = ProcessPoolExecutor(count, multiprocessing.get_context("spawn"), _begin, (given,))
    try:
        yield partial(_spread, pool)
    except BaseException:
        for worker in set(multiprocessing.active_children()) - set(others):
            worker.terminate()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


@contextmanager
def _safe_path() -> Iterator[None]:
    """Keep Pythons that start meanwhile from importing files of the newsroom they start in."""
    before = os.environ.get("PYTHONSAFEPATH")
    os.environ["PYTHONSAFEPATH"] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ["PYTHONSAFEPATH"]
        else:
            os.environ["PYTHONSAFEPATH"] = before


@contextmanager
def _interrupts_ignored() -> Iterator[None]:
    """Ignore Ctrl-C here and in processes that start meanwhile; only a main thread can."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _spread(
    pool: ProcessPoolExecutor, function: Callable[..., Result], items: Sequence[object]
) -> Iterator[Result]:
    from concurrent.futures.process import BrokenProcessPool  # noqa: PLC0415

    try:
        # In processes that start now: Ctrl-C, until they ignore it, and the working folder.
        with _interrupts_ignored(), _safe_path():
            results = pool.map(_do, repeat(function), items)
        for result, error in results:
            if error is not None:
                raise error
            yield result
    except BrokenProcessPool as gone:
        raise StorageError(
            msg("a worker process was killed before it was done"),
            hint=msg("try again with `--jobs 1`, which needs less memory"),
        ) from gone


def _begin(given: Any) -> None:
    """Prepare a worker."""
    # An interrupt at the keyboard reaches all processes; the parent reports it, once.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    GIVEN.append(given)


def _do(function: Callable[..., Result], item: object) -> tuple[Any, Exception | None]:
    try:
        return function(item, GIVEN[-1]), None
    except Exception as error:  # noqa: BLE001 - the parent raises it
        return None, _portable(error)


def _portable(error: Exception) -> Exception:
    """Return ``error``, or its text in a ``RuntimeError`` when it cannot be pickled."""
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
    except Exception:  # noqa: BLE001 - of any kind
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error


def _end_with_parent() -> None:
    """End this process when its parent, which may have been killed, is gone."""
    from multiprocessing import parent_process  # noqa: PLC0415

    if parent := parent_process():
        parent.join()
        os._exit(1)
