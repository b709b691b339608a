"""`retryrun schema`."""

from __future__ import annotations

import json


def main() -> None:
    """Print the JSON schema of recovery.yaml, for editors.

    Example:  retryrun schema > recovery.schema.json
    """
    from ...config.schema import json_schema

    print(json.dumps(json_schema(), indent=2))
