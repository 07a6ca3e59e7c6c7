"""Hypothesis's examples, the same in every run: of a test's source and of nothing else.

Its profile seeds them by the test. But it also draws constants from the modules that are imported
at the moment, and which those are depends on the tests that this process ran before.
"""

from __future__ import annotations

from hypothesis import HealthCheck, settings
from hypothesis.internal.conjecture import providers

FIXED = "bilingual"
FUZZ = "fuzz"


def register_profiles() -> None:
    """Make the profile of the tests, and the one of ``make fuzz``, and load the first.

    No example is wrong because a busy machine was slow over it.
    """
    patient = settings(
        settings.get_profile("default"),
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
    settings.register_profile(FIXED, patient, derandomize=True, database=None)
    settings.register_profile(FUZZ, patient)
    settings.load_profile(FIXED)


def draw_no_constants_of_modules() -> None:
    """Let the examples not depend on what is imported; for the rest of this process."""
    providers._get_local_constants = providers.Constants
