import numpy as np


def mae(y_true, y_pred) -> float:
    # TODO: compare the shapes before you subtract.
    raise NotImplementedError("mae is not written yet")


class Losses:
    def mae(self, y_true, y_pred) -> float:
        truth, guess = np.asarray(y_true), np.asarray(y_pred)
        if np.iscomplexobj(truth) or np.iscomplexobj(guess):
            raise TypeError("complex")
        if truth.shape != guess.shape:
            raise ValueError(f"y_true has shape {truth.shape} and y_pred has shape {guess.shape}")
        if truth.size == 0:
            raise ValueError("there is no element to average")
        with np.errstate(invalid="ignore"):
            return float(np.mean(np.abs(truth.astype(np.float64) - guess.astype(np.float64))))
