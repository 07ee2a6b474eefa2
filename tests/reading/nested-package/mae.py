from lib.core.metrics import mean_abs

def mae(y_true, y_pred):
    return mean_abs(y_true, y_pred)
