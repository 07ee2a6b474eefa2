"""Mean intersection over union: how well two label maps agree, class by class."""

import numpy as np


def mean_iou(pred, true, num_classes, ignore_index=None) -> float:
    """Return the mean over classes of intersection / union, for label maps.

    A class that occurs in neither map does not count in the mean; one that occurs in one of them counts as 0. Where
    `true` is `ignore_index`, the pixel is as if it were not there, whatever `pred` says there.

    Allowed: the standard library, numpy, pandas, torch. The function is pure: it changes neither its arguments nor
    anything global. Printing and warnings cost nothing.

    Args:
        pred, true: numpy int64 arrays of one shape, of any rank, 0-d included: a label per pixel, predicted and true;
            perhaps read-only, in any memory layout.
        num_classes: a Python int; labels are 0 ... num_classes - 1.
        ignore_index: None, or the label in `true` of pixels that do not count. It may be a label outside those of the
            classes, or one of them.

    Returns:
        A float.

    Raises:
        ValueError: the shapes differ; a label lies outside 0 ... num_classes - 1, except `ignore_index` in `true`, and
            except whatever `pred` says at ignored pixels; or no class is left to average.

    >>> round(mean_iou(np.array([0, 0, 1, 1]), np.array([0, 1, 1, 1]), 3), 9)  # (1/2 + 2/3) / 2
    0.583333333
    >>> mean_iou(np.array([0, 1, 7]), np.array([0, 1, 255]), 2, ignore_index=255)
    1.0
    >>> mean_iou(np.array([0, 0, 1]), np.array([0, 1, 1]), 2, ignore_index=0)  # class 0 is predicted, so it counts
    0.25
    """
    # TODO: take the ignored pixels out of both maps first.
    raise NotImplementedError("mean_iou is not written yet")
