"""One function of five; the files beside it that have the others end the process, or never end."""

import mse_of_mine


def mse(y, y_hat):
    return mse_of_mine.mse(y, y_hat)
