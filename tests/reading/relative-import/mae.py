from .helpers import core

def mae(y_true, y_pred):
    return core(y_true, y_pred)
