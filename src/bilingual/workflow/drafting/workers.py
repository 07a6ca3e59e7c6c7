"""Threads that work on a list of items; the results come back to the caller as they arrive.

The caller's thread does everything that is written down; the workers only ask. With one worker
there are no threads. They are daemons: a process that ends at once does not wait for them.
"""

from __future__ import annotations

import queue
import threading
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

Item = TypeVar("Item")
Result = TypeVar("Result")


class _Done:
    """A worker has nothing more to do, because of ``error`` if there is one."""

    def __init__(self, error: Exception | None = None) -> None:
        self.error = error


def each(
    items: Iterable[Item],
    work: Callable[[Item], Iterator[Result]],
    *,
    workers: int = 1,
    stop: Callable[[], bool] = lambda: False,
) -> Iterator[tuple[Item, Result | Exception]]:
    """Yield every result of ``work`` for every one of ``items``, with its item.

    An exception ends the work on its item and is yielded in place of a result; one of ``items``
    itself is raised. Once ``stop`` returns True no further item is begun; what is begun is waited
    for.
    """
    if workers == 1:
        return _alone(items, work, stop)
    return _Workers(items, work, stop).results(workers)


def _alone(
    items: Iterable[Item], work: Callable[[Item], Iterator[Result]], stop: Callable[[], bool]
) -> Iterator[tuple[Item, Result | Exception]]:
    for item in items:
        if stop():
            return
        for result in _results(item, work):
            yield item, result


class _Workers(Generic[Item, Result]):
    """The items that are left, and the results that were made."""

    def __init__(
        self,
        items: Iterable[Item],
        work: Callable[[Item], Iterator[Result]],
        stop: Callable[[], bool],
    ) -> None:
        self._items = iter(items)
        self._work = work
        self._stop = stop
        self._lock = threading.Lock()
        self._made: queue.SimpleQueue[tuple[Item, Result | Exception] | _Done] = queue.SimpleQueue()

    def results(self, workers: int) -> Iterator[tuple[Item, Result | Exception]]:
        for number in range(workers):
            name = f"worker {number + 1}"
            threading.Thread(target=self._worker, name=name, daemon=True).start()
        working, broken = workers, None
        while working:
            made = self._made.get()
            if isinstance(made, _Done):
                working -= 1
                broken = broken or made.error
            else:
                yield made
        if broken is not None:
            raise broken

    def _worker(self) -> None:
        while not isinstance(item := self._take(), _Done):
            for result in _results(item, self._work):
                self._made.put((item, result))
        self._made.put(item)

    def _take(self) -> Item | _Done:
        with self._lock:
            try:
                return _Done() if self._stop() else next(self._items, _Done())
            except Exception as error:  # noqa: BLE001 - raised in the caller's thread
                return _Done(error)


def _results(item: Item, work: Callable[[Item], Iterator[Result]]) -> Iterator[Result | Exception]:
    try:
        yield from work(item)
    except Exception as error:  # noqa: BLE001 - the caller decides what it means
        yield error
