"""Names, documentation, warnings and messages of ten million characters, and five hundred bases of an exception."""

import warnings

HUGE = "x" * 10_000_000
Error = Exception
for number in range(500):
    Error = type(f"E{number}", (Error,), {})
Error = type(HUGE, (Error,), {"__module__": HUGE, "__qualname__": HUGE, "__doc__": HUGE})


def mae(y_true, y_pred):
    warnings.warn(HUGE)
    print(HUGE)
    error = Error(HUGE, [HUGE] * 100)
    error.add_note(HUGE)
    raise error


mae.__doc__ = mae.__name__ = mae.__qualname__ = HUGE
for number in range(300):
    globals()[f"f{number}{'y' * 100_000}"] = lambda: 1
raise Error(HUGE)
