"""Several hands for one pile of work: results come back to the caller as they arise.

The caller's thread does everything that is written down; the hands only ask. With one hand there
are no threads. The hands are daemons: a process that ends at once does not wait for them.
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
    """A hand has nothing more to do, because of ``error`` if there is one."""

    def __init__(self, error: Exception | None = None) -> None:
        self.error = error


def each(
    items: Iterable[Item],
    work: Callable[[Item], Iterator[Result]],
    *,
    hands: int = 1,
    stop: Callable[[], bool] = lambda: False,
) -> Iterator[tuple[Item, Result | Exception]]:
    """Give every result of ``work`` for every one of ``items``, with its item.

    An exception ends the work on its item and is given in place of a result; one of ``items``
    itself is raised. Once ``stop`` says so no further item is begun; what is begun is waited for.
    """
    if hands == 1:
        return _alone(items, work, stop)
    return _Crew(items, work, stop).results(hands)


def _alone(
    items: Iterable[Item], work: Callable[[Item], Iterator[Result]], stop: Callable[[], bool]
) -> Iterator[tuple[Item, Result | Exception]]:
    for item in items:
        if stop():
            return
        for result in _results(item, work):
            yield item, result


class _Crew(Generic[Item, Result]):
    """The pile, who may take from it, and what was made."""

    def __init__(
        self,
        items: Iterable[Item],
        work: Callable[[Item], Iterator[Result]],
        stop: Callable[[], bool],
    ) -> None:
        self._pile = iter(items)
        self._work = work
        self._stop = stop
        self._turn = threading.Lock()
        self._made: queue.SimpleQueue[tuple[Item, Result | Exception] | _Done] = queue.SimpleQueue()

    def results(self, hands: int) -> Iterator[tuple[Item, Result | Exception]]:
        for number in range(hands):
            threading.Thread(target=self._hand, name=f"hand {number + 1}", daemon=True).start()
        working, broken = hands, None
        while working:
            made = self._made.get()
            if isinstance(made, _Done):
                working -= 1
                broken = broken or made.error
            else:
                yield made
        if broken is not None:
            raise broken

    def _hand(self) -> None:
        while not isinstance(item := self._take(), _Done):
            for result in _results(item, self._work):
                self._made.put((item, result))
        self._made.put(item)

    def _take(self) -> Item | _Done:
        with self._turn:
            try:
                return _Done() if self._stop() else next(self._pile, _Done())
            except Exception as error:  # noqa: BLE001 - raised where the caller is
                return _Done(error)


def _results(item: Item, work: Callable[[Item], Iterator[Result]]) -> Iterator[Result | Exception]:
    try:
        yield from work(item)
    except Exception as error:  # noqa: BLE001 - the caller decides what it means
        yield error
