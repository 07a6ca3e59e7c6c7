"""What time it is: the one place that asks, so that a test can say another time."""

from __future__ import annotations

import time
from datetime import UTC, datetime


def now() -> datetime:
    """Return the present time, in UTC."""
    return datetime.now(UTC)


def timestamp() -> str:
    """Return the present time as catalogs and the journal write it: ``2026-04-09T01:02:03Z``."""
    return now().strftime("%Y-%m-%dT%H:%M:%SZ")


def today() -> str:
    """Return the present day in UTC: ``2026-04-09``."""
    return now().date().isoformat()


def nanoseconds() -> int:
    """Return the present time as file systems count it: nanoseconds since 1970."""
    return time.time_ns()
