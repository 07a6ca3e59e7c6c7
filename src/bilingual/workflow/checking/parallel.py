"""Work for several processes at once: the same results in the same order as in one.

Every process is given the same once; then only items go out and results come back. Each starts as
a Python of its own, for which its imports cost a quarter of a second: a copy of this one would hold
the locks that threads, those of libraries too, had taken at that moment.
"""

from __future__ import annotations

import copyreg
import os
import pickle
import signal
import sys
import threading
from collections import deque
from contextlib import contextmanager
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, cast

from bilingual.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

Result = TypeVar("Result")


def _read_only(table: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(table)


# Read-only tables, which messages and the configuration hold, travel as what they are.
copyreg.pickle(MappingProxyType, lambda table: (_read_only, (dict(table),)))


class Spread(Protocol):
    """Runs a function on each item, in one process or in several."""

    def __call__(
        self, function: Callable[..., Result], items: Sequence[object]
    ) -> Iterator[Result]:
        """Give ``function(item, given)`` for each of ``items``, in their order."""


def processors() -> int:
    """Return how many processors this process may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def processes(count: int, given: Any) -> Iterator[Spread]:
    """Give what runs functions of modules, with ``given`` beside each item, in ``count`` processes.

    With a count of 1 that is this one. An exception in any of them is raised here; when this one
    is interrupted or killed, the others end too. Raises ``StorageError`` when one is killed.
    """
    if count < 2:
        yield lambda function, items: (function(item, given) for item in items)
        return
    import multiprocessing  # noqa: PLC0415 - small runs need none of it

    context: Any = multiprocessing.get_context("spawn")
    workers: dict[Connection, BaseProcess] = {}
    try:
        with _interrupts_ignored():  # until they ignore them by themselves
            for _ in range(count):
                here, there = context.Pipe()
                worker = context.Process(target=_work, args=(there, given), daemon=True)
                worker.start()
                there.close()
                workers[here] = worker
        yield partial(_spread, list(workers))
    finally:
        for worker in workers.values():
            worker.terminate()
        for connection, worker in workers.items():
            worker.join()
            connection.close()


@contextmanager
def _interrupts_ignored() -> Iterator[None]:
    """Ignore Ctrl-C here and in what is started meanwhile; only a main thread can."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _spread(
    workers: Sequence[Connection], function: Callable[..., Result], items: Sequence[object]
) -> Iterator[Result]:
    """Give each idle worker the next of ``items``; give the results in the order of the items."""
    from multiprocessing.connection import wait  # noqa: PLC0415

    idle = list(workers)
    places: dict[Connection, int] = {}
    waiting = deque(enumerate(items))
    results: dict[int, Result] = {}
    for place in range(len(items)):
        while place not in results:
            while idle and waiting:
                worker = idle.pop()
                places[worker], item = waiting.popleft()
                worker.send((function, item))
            for worker in cast("list[Connection]", wait(list(places))):
                results[places.pop(worker)] = _result(worker)
                idle.append(worker)
        yield results.pop(place)


def _result(worker: Connection) -> Any:
    try:
        result, error = worker.recv()
    except (EOFError, OSError) as gone:
        raise StorageError(
            "one of the processes was ended before its work was done",
            hint="try again with --jobs 1, which needs less memory",
        ) from gone
    if error is not None:
        raise error
    return result


def _work(parent: Connection, given: Any) -> None:
    """Do what comes from the ``parent`` until it ends."""
    # An interrupt at the keyboard reaches all processes; the parent says so, once.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    while True:
        function, item = parent.recv()
        result, failure = None, None
        try:
            result = function(item, given)
        except Exception as error:  # noqa: BLE001 - it is raised by the parent
            failure = _portable(error)
        parent.send((result, failure))


def _portable(error: Exception) -> Exception:
    """Return ``error``, or what can be said of it when it cannot travel."""
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
    except Exception:  # noqa: BLE001 - whatever is wrong with it
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error


def _end_with_parent() -> None:
    """End this process when its parent, which may have been killed, is gone."""
    from multiprocessing import parent_process  # noqa: PLC0415

    if parent := parent_process():
        parent.join()
        os._exit(1)
