"""Records: frozen, comparable, hashable, picklable."""

import pickle

import pytest

from retryrun.core.value import Value


class Point(Value):
    x: int
    y: int = 2
    _note = "no field"


class Named(Point):
    name: str = "p"


def test_fields_in_order_with_defaults():
    assert repr(Point(1)) == "Point(x=1, y=2)"
    assert Named(1, 3, name="q")._fields == ("x", "y", "name")


def test_equal_by_class_and_fields():
    assert Point(1, 2) == Point(x=1)
    assert Point(1) != Named(1)
    assert len({Point(1), Point(1), Point(2)}) == 2


def test_frozen():
    point = Point(1)
    with pytest.raises(AttributeError, match="immutable"):
        point.x = 2
    with pytest.raises(AttributeError, match="immutable"):
        del point.x


def test_copies_and_pickles():
    assert Point(1).replace(y=5) == Point(1, 5)
    assert pickle.loads(pickle.dumps(Named(1))) == Named(1)


@pytest.mark.parametrize(
    ("args", "fields"), [((), {}), ((1, 2, 3), {}), ((1,), {"x": 1}), ((1,), {"z": 1})]
)
def test_wrong_fields_are_refused(args, fields):
    with pytest.raises(TypeError):
        Point(*args, **fields)
