"""The picture of mean_iou: two label maps one over the other, with intersection and union per class."""

import numpy as np
from matplotlib.colors import ListedColormap

NAMES = "ground", "disc", "bar"
COLORS = "#d9dde3", "#2f6db5", "#d9622b"


def draw(figure, mean_iou):
    """Draw onto a matplotlib Figure, with the learner's `mean_iou`."""
    figure.set_size_inches(11, 4.2)
    rows, columns = np.mgrid[0:48, 0:64]

    def scene(shift):
        labels = np.zeros((48, 64), dtype=np.int64)
        labels[(rows - 22 - shift) ** 2 + (columns - 20 - shift) ** 2 < 144] = 1
        labels[(abs(columns - 48 + shift) < 6) & (abs(rows - 24) < 16)] = 2
        return labels

    true, pred = scene(0), scene(4)
    maps = figure.subplots(1, 4)
    colors = ListedColormap(COLORS)
    for ax, labels, title in ((maps[0], true, "true"), (maps[1], pred, "predicted")):
        ax.imshow(labels, cmap=colors, vmin=0, vmax=2)
        ax.set_title(title, loc="left")
    for ax, label in ((maps[2], 1), (maps[3], 2)):
        ours, theirs = pred == label, true == label
        shades = np.where(ours & theirs, 2, np.where(ours | theirs, 1, 0))
        ax.imshow(shades, cmap=ListedColormap(["#ffffff", "#f0c9a8", COLORS[label]]), vmin=0, vmax=2)
        iou = (ours & theirs).sum() / (ours | theirs).sum()
        ax.set_title(f"{NAMES[label]}: {(ours & theirs).sum()} of {(ours | theirs).sum()} = {iou:.2f}", loc="left",
                     fontsize=10)  # fmt: skip
    for ax in maps:
        ax.set(xticks=[], yticks=[])
    figure.suptitle(f"Your mean IoU over the three classes: {mean_iou(pred, true, 3):.3f}", x=0.01, ha="left")
