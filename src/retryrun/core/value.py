"""Immutable records without the import cost of `dataclasses` (about 10 ms of every start)."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, ClassVar, Self, dataclass_transform
else:

    def dataclass_transform(**_options: object) -> object:
        """Stand in for typing's, which only type checkers need."""
        return lambda cls: cls


@dataclass_transform(frozen_default=True)
class Value:
    """A frozen record: its fields are the class's annotations in order, its defaults the values.

    Equal when of one class with equal fields, hashable when the fields are, picklable; type
    checkers treat a subclass as a frozen dataclass. Construction raises TypeError for an unknown
    or a missing field.
    """

    _fields: ClassVar[tuple[str, ...]] = ()

    def __init_subclass__(cls) -> None:
        own = [name for name in cls.__annotations__ if not name.startswith("_")]
        cls._fields = (*cls._fields, *(name for name in own if name not in cls._fields))

    if not TYPE_CHECKING:

        def __init__(self, *args: object, **kwargs: object) -> None:
            cls = type(self)
            if len(args) > len(cls._fields):
                raise TypeError(f"{cls.__name__} takes {len(cls._fields)} fields")
            given = dict(zip(cls._fields, args, strict=False))
            for name, value in kwargs.items():
                if name not in cls._fields or name in given:
                    raise TypeError(f"{cls.__name__} got an unknown or repeated field {name!r}")
                given[name] = value
            for name in cls._fields:
                if name not in given:
                    try:
                        given[name] = getattr(cls, name)
                    except AttributeError:
                        raise TypeError(f"{cls.__name__} needs the field {name!r}") from None
            self.__dict__.update(given)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} is immutable: {name!r} cannot be set")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{type(self).__name__} is immutable: {name!r} cannot be deleted")

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.__dict__ == other.__dict__

    def __hash__(self) -> int:
        return hash((type(self), *(getattr(self, name) for name in self._fields)))

    def __repr__(self) -> str:
        fields = ", ".join(f"{name}={getattr(self, name)!r}" for name in self._fields)
        return f"{type(self).__name__}({fields})"

    def replace(self, **changes: Any) -> Self:
        """Return a copy with some fields changed."""
        return type(self)(**{**self.__dict__, **changes})
