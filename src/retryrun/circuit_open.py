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
        message: str = "the circuit is open",
        retry_after: float = 0.0,
        name: str | None = None,
        last_error: BaseException | None = None,
    ) -> None:
        super().__init__(message, retry_after, name)
        self.message, self.retry_after, self.name = message, retry_after, name
        self.last_error = last_error

    def __str__(self) -> str:
        return self.message

    def __reduce__(self) -> tuple[type[CircuitOpenError], tuple[str, float, str | None]]:
        return type(self), (self.message, self.retry_after, self.name)

    def __copy__(self) -> CircuitOpenError:
        return type(self)(self.message, self.retry_after, self.name, self.last_error)


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
    who = f"the circuit {name!r}" if name else "the circuit"
    held = seconds == float("inf")
    text = f"{who} is held open" if held else f"{who} is open for another {seconds:.1f}s"
    return CircuitOpenError(text, by_hand if held else seconds, name, last_error)
