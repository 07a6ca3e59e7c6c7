"""Work in several processes: the same results in the same order, and one end for all."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import threading
import time

import pytest

from bilingual.errors import ContentError, StorageError
from bilingual.model import Message, msg
from bilingual.workflow.checking.parallel import processes


class OddError(Exception):
    """Cannot be made again from its words alone."""

    def __init__(self, *, what: str) -> None:
        super().__init__(what)


def shown(item: int, given: str) -> str:
    return f"{given} {item}"


def whose(item: int, _given: str) -> int:
    time.sleep(0.01 if item % 3 else 0.05)
    return os.getpid()


def message(item: int, _given: str) -> Message:
    return Message(f"{item}")


def broken(item: int, _given: str) -> int:
    if item == 2:
        raise ContentError(msg("no catalog"), path="ko.po", line=7, hint=msg("mend it"))
    return item


def odd(_item: int, _given: str) -> int:
    raise OddError(what="odd")


def killed(_item: int, _given: str) -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return 0


@pytest.mark.parametrize("count", [1, 2, 3])
def test_results_come_in_the_order_of_the_items(count: int):
    with processes(count, "기사") as spread:
        assert list(spread(shown, range(20))) == [f"기사 {number}" for number in range(20)]
        assert [str(each) for each in spread(message, range(3))] == ["0", "1", "2"]
        assert list(spread(shown, [])) == []


def test_the_work_is_done_elsewhere():
    with processes(2, "") as spread:
        assert os.getpid() not in set(spread(whose, range(8)))


@pytest.mark.parametrize("count", [1, 2])
def test_an_error_is_the_one_that_was_raised(count: int):
    with pytest.raises(ContentError) as caught, processes(count, "") as spread:
        list(spread(broken, range(9)))
    assert str(caught.value) == "ko.po:7: no catalog — mend it"
    assert (caught.value.path, caught.value.line) == ("ko.po", 7)


def test_an_error_that_cannot_be_pickled_is_raised_as_text():
    with pytest.raises(RuntimeError, match="OddError: odd"), processes(2, "") as spread:
        list(spread(odd, [1]))


def test_a_process_that_is_killed_is_one_clear_line():
    with (
        pytest.raises(StorageError, match="killed before it was done"),
        processes(2, "") as spread,
    ):
        list(spread(killed, range(3)))


# One write a line: two processes share the pipe, and an unbuffered print writes its end apart.
PROGRAM = textwrap.dedent("""
    import os, time
    from bilingual.workflow.checking.parallel import processes

    def slow(item, given):
        os.write(1, b"%d\\n" % os.getpid())
        time.sleep(60)

    if __name__ == "__main__":
        with processes(2, None) as spread:
            list(spread(slow, [1, 2]))
""")


@pytest.mark.skipif(sys.platform == "win32", reason="sends signals")
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGKILL])
def test_when_it_ends_so_do_the_others(sent: signal.Signals, tmp_path):
    file = tmp_path / "slow.py"
    file.write_text(PROGRAM)
    with subprocess.Popen([sys.executable, file], stdout=subprocess.PIPE, text=True) as program:
        workers = [int(program.stdout.readline()) for _ in range(2)]
        program.send_signal(sent)
        program.wait(120)
    deadline = time.monotonic() + 120
    while any(map(_lives, workers)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(map(_lives, workers))


STARTING = textwrap.dedent("""
    import os, time
    from bilingual.workflow.checking.parallel import processes

    def nothing(item, given):
        return item

    if __name__ == "__main__":
        with processes(2, None) as spread:
            list(spread(nothing, [1, 2]))
    else:
        os.write(1, b"starting\\n")
        time.sleep(60)
""")


@pytest.mark.skipif(sys.platform == "win32", reason="sends signals")
def test_an_interrupt_is_reported_once_also_while_the_others_start(tmp_path):
    file = tmp_path / "starting.py"
    file.write_text(STARTING)
    with subprocess.Popen(
        [sys.executable, file],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as program:
        assert [program.stdout.readline() for _ in range(2)] == ["starting\n"] * 2
        os.killpg(program.pid, signal.SIGINT)
        _, said = program.communicate(timeout=120)
    assert said.count("Traceback") == said.count("KeyboardInterrupt") == 1


def test_they_start_as_pythons_of_their_own(monkeypatch: pytest.MonkeyPatch):
    """A copy of a process with threads may wait for ever for a lock that one of them had."""
    monkeypatch.setattr(os, "fork", lambda: pytest.fail("forked"))
    release = threading.Event()
    thread = threading.Thread(target=release.wait)
    thread.start()
    try:
        with processes(2, "") as spread:
            assert list(spread(shown, [1])) == [" 1"]
    finally:
        release.set()
        thread.join()


def _lives(process: int) -> bool:
    try:
        with open(f"/proc/{process}/stat", encoding="ascii") as file:  # noqa: PTH123 - not a file
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
