from helpers import *

def mae(y_true, y_pred):
    a, b = prepare(y_true, y_pred)
    with np.errstate(invalid="ignore"):
        return float(np.mean(np.abs(a - b)))
