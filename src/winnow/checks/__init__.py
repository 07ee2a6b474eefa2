"""The trusted side of a check: what graders/ and exercises/ write their checks with."""

from winnow.checks.calls import Call, call, named
from winnow.checks.compare import close, same
from winnow.worker.observe import Observation, Raised
from winnow.worker.wire import Incomparable

__all__ = ["Call", "Incomparable", "Observation", "Raised", "call", "close", "named", "same"]
