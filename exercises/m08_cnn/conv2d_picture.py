"""The picture of conv2d: the window on its way over an image, and what three filters make of a digit."""

import torch
from matplotlib.patches import Rectangle

DIGIT = """
............
...######...
..########..
.........#..
........##..
.......##...
....####....
.......##...
........##..
.........#..
..########..
...######...
"""


def draw(figure, conv2d):
    """Draw onto a matplotlib Figure, with the learner's `conv2d`."""
    figure.set_size_inches(11, 3.4)
    rows = [[float(pixel == "#") for pixel in line] for line in DIGIT.split()]
    image = torch.tensor(rows)[None, None]
    filters = {
        "edges from left to right": [[-1.0, 0.0, 1.0]] * 3,
        "edges from top to bottom": [[-1.0] * 3, [0.0] * 3, [1.0] * 3],
        "blur": [[1 / 9] * 3] * 3,
    }
    axes = figure.subplots(1, 4)
    axes[0].imshow(image[0, 0], cmap="Greys")
    for place, alpha in (((1, 0), 0.9), ((2, 0), 0.5), ((3, 0), 0.25)):
        axes[0].add_patch(
            Rectangle((place[0] - 0.5, place[1] - 0.5), 3, 3, fill=False, ec="#d9622b", lw=2, alpha=alpha)
        )
    axes[0].set_title("the window on its way", loc="left", fontsize=10)
    for ax, (name, weight) in zip(axes[1:], filters.items(), strict=True):
        result = conv2d(image, torch.tensor(weight)[None, None], padding=1)[0, 0]
        ax.imshow(result, cmap="RdBu_r", vmin=-3, vmax=3)
        ax.set_title(name, loc="left", fontsize=10)
    for ax in axes:
        ax.set(xticks=[], yticks=[])
