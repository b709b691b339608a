"""The error of a call that an open circuit did not let through."""

from __future__ import annotations

__all__ = ["CircuitOpenError"]


class CircuitOpenError(Exception):
    """The circuit is open, the function was not called.

    `retry_after` is the time in seconds until it is worth asking again; `name` the breaker's name
    or None; `last_error` the failure that opened it, if it was seen here. A pickled copy goes
    without `last_error`, which may be anything.
    """

    def __init__(
        self,
        message: str = "",
        retry_after: float = 0.0,
        name: str | None = None,
        last_error: BaseException | None = None,
    ) -> None:
        # Whoever is refused wants to be so at once: the words are made when they are asked for.
        self._message = message
        self.retry_after, self.name, self.last_error = retry_after, name, last_error

    @property
    def message(self) -> str:
        """What is said of it."""
        if self._message:
            return self._message
        who = f"the circuit {self.name!r}" if self.name else "the circuit"
        return f"{who} is open for another {self.retry_after:.1f}s"

    def __str__(self) -> str:
        return self.message

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.message!r}, {self.retry_after!r}, {self.name!r})"

    def __reduce__(self) -> tuple[type[CircuitOpenError], tuple[str, float, str | None]]:
        return type(self), (self._message, self.retry_after, self.name)

    def __copy__(self) -> CircuitOpenError:
        return type(self)(self._message, self.retry_after, self.name, self.last_error)


def refusal(
    name: str | None,
    seconds: float,
    last_error: BaseException | None = None,
    *,
    by_hand: float = 60.0,
) -> CircuitOpenError:
    """Return the error for a circuit that is open for so many more seconds.

    Infinity is one held open by hand: then it is worth asking again after `by_hand` seconds.
    """
    if seconds == float("inf"):
        who = f"the circuit {name!r}" if name else "the circuit"
        return CircuitOpenError(f"{who} is held open", by_hand, name, last_error)
    return CircuitOpenError("", seconds, name, last_error)
