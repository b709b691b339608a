"""`python -m retryrun` and the console script's entry."""

from __future__ import annotations


def main() -> int:
    """Run the command line and return its exit status."""
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
