"""The picture of nms: the boxes of a detector before and after."""

import numpy as np
from matplotlib.patches import Rectangle

OBJECTS = np.array([[1.0, 1.0, 4.0, 5.0], [6.0, 2.0, 9.0, 4.0], [5.0, 6.0, 8.0, 9.0], [6.6, 6.4, 9.4, 9.2]])
COLORS = "#2f6db5", "#d9622b", "#2a8f6d", "#b0892f"


def draw(figure, nms):
    """Draw onto a matplotlib Figure, with the learner's `nms`."""
    figure.set_size_inches(11, 4.2)
    rng = np.random.default_rng(3)
    of = np.repeat(np.arange(4), 6)
    boxes = OBJECTS[of] + rng.normal(0, 0.22, (24, 4))
    scores = rng.uniform(0.3, 0.99, 24)
    parts = ("before: 24 boxes", range(24)), ("threshold 0.5", nms(boxes, scores, 0.5)), (
        "threshold 0.2", nms(boxes, scores, 0.2))  # fmt: skip
    for ax, (title, kept) in zip(figure.subplots(1, 3), parts, strict=True):
        for box in OBJECTS:
            ax.add_patch(Rectangle(box[:2], *(box[2:] - box[:2]), color="#e8ebf0"))
        for index in kept:
            x1, y1, x2, y2 = boxes[index]
            ax.add_patch(
                Rectangle((x1, y1), x2 - x1, y2 - y1, fill=False, ec=COLORS[of[index]], lw=1 + 2 * scores[index] ** 4)
            )
        left = f": {len(kept)} left" if len(kept) < 24 else ""
        ax.set_title(f"{title}{left}", loc="left", fontsize=11)
        ax.set(xlim=(0, 10.2), ylim=(0, 10.2), aspect="equal", xticks=[], yticks=[])
