"""Golden files: what is written stands in a file; RETRYRUN_GOLDEN=write brings it up to date."""

import os
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent / "golden"


@pytest.fixture
def golden():
    def check(name: str, found: bytes) -> None:
        path = FOLDER / name
        if os.environ.get("RETRYRUN_GOLDEN") == "write":
            path.write_bytes(found)
        assert found == path.read_bytes()

    return check
