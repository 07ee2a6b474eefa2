"""What was returned goes on changing its shape, dtype and content while it is looked at."""

import threading

import numpy as np

shown = []


def tear():
    while True:
        for value in shown[-3:]:
            try:
                value.resize((np.random.randint(0, 5000),), refcheck=False)
                value.dtype = np.random.choice(["f8", "i8", "c16", "V8", "f4"])
                value.strides = (0,)
            except BaseException:
                pass


for _ in range(4):
    threading.Thread(target=tear, daemon=True).start()


def mae(y_true, y_pred):
    value = np.zeros(2000)
    shown.append(value)
    held = {"a": value, "b": [value] * 10}
    shown.append(value)
    return held if np.random.rand() < 0.5 else value
