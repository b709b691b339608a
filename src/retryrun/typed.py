"""What the decorators make of a function's type. For type checkers only: never imported."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ParamSpec, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine

P = ParamSpec("P")
T = TypeVar("T")
F = TypeVar("F")
F_co = TypeVar("F_co", covariant=True)


class Same(Protocol):
    """Leaves the signature of a function as it is."""

    def __call__(self, func: Callable[P, T], /) -> Callable[P, T]:
        """Guard `func`."""


class Or(Protocol[F_co]):
    """Leaves the parameters as they are and adds what the fallback returns."""

    def __call__(self, func: Callable[P, T], /) -> Callable[P, T | F_co]:
        """Guard `func`."""


class SameAsync(Protocol):
    """Leaves the parameters of a coroutine function, and what awaiting it gives, as they are."""

    def __call__(self, func: Callable[P, Awaitable[T]], /) -> Callable[P, Coroutine[Any, Any, T]]:
        """Guard `func`."""


class OrAsync(Protocol[F_co]):
    """Leaves the parameters as they are and adds what the fallback returns, or awaiting it."""

    def __call__(
        self, func: Callable[P, Awaitable[T]], /
    ) -> Callable[P, Coroutine[Any, Any, T | F_co]]:
        """Guard `func`."""
