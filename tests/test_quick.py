"""Quick values are the frozen dataclasses that they were, only made sooner."""

from __future__ import annotations

import inspect
import pickle
from dataclasses import FrozenInstanceError, dataclass, field, replace

import pytest

from bilingual.markdown.place import UnitLocation
from bilingual.model import Entry, Kind, Position, State, Target, Unit
from bilingual.quick import quick


@dataclass(frozen=True, slots=True)
class Plain:
    text: str
    state: State = State.INITIAL
    previous: str | None = None


@quick
@dataclass(frozen=True, slots=True)
class Quick:
    text: str
    state: State = State.INITIAL
    previous: str | None = None


def test_arguments_and_defaults_are_the_dataclass_s_own():
    names = [
        [(each.name, each.default) for each in inspect.signature(kind).parameters.values()]
        for kind in (Plain, Quick)
    ]
    assert names[0] == names[1]
    assert repr(Quick("뮤즈", previous="Muse")) == repr(Plain("뮤즈", previous="Muse")).replace(
        "Plain", "Quick"
    )
    for kind in (Plain, Quick):
        with pytest.raises(TypeError, match=rf"{kind.__name__}.__init__\(\) missing 1 required"):
            kind()
        with pytest.raises(TypeError, match="unexpected keyword argument 'txet'"):
            kind(txet="뮤즈")


@pytest.mark.parametrize(
    "value",
    [
        Position(3, 4),
        Unit(Kind.ITEM, "뮤즈 스파크", ("모델",), position=Position(3)),
        Target("뮤즈", State.REVIEWED, "human:김민지"),
        Entry("1", Kind.CELL, "Muse", target=Target("뮤즈")),
    ],
)
def test_values_stay_frozen_equal_hashable_and_can_be_copied(value):
    first = next(iter(value.__slots__))
    with pytest.raises(FrozenInstanceError):
        setattr(value, first, None)
    assert replace(value) == value
    assert hash(replace(value)) == hash(value)
    assert pickle.loads(pickle.dumps(value)) == value  # noqa: S301 - of our own making
    assert replace(value, **{first: None}) != value


def test_a_unit_s_position_is_no_part_of_what_it_says():
    assert Unit(Kind.ITEM, "뮤즈", position=Position(1)) == Unit(
        Kind.ITEM, "뮤즈", position=Position(9)
    )
    assert UnitLocation.__init__.__qualname__ == "Place.__init__"


def test_a_field_that_it_cannot_set_is_refused():
    @dataclass(frozen=True, slots=True)
    class Listed:
        words: list[str] = field(default_factory=list)

    with pytest.raises(TypeError, match=r"Listed\.words"):
        quick(Listed)
