"""The picture of two_view_batch: a grid of pairs, two views of each of six shapes."""

import numpy as np


def draw(figure, two_view_batch):
    """Draw onto a matplotlib Figure, with the learner's `two_view_batch`."""
    figure.set_size_inches(10, 4.6)
    rows, columns = np.mgrid[-1:1:24j, -1:1:24j]
    radius, angle = np.hypot(rows, columns), np.arctan2(rows, columns)
    disc, ring, cross = radius < 0.6, abs(radius - 0.6) < 0.15, (abs(rows) < 0.2) | (abs(columns) < 0.2)
    star, diamond, bar = (
        radius < 0.4 + 0.25 * np.cos(5 * angle),
        abs(rows) + abs(columns) < 0.7,
        abs(rows - columns) < 0.3,
    )
    shapes = [disc, ring, cross, star, diamond, bar]
    x = np.array(shapes, dtype=float)

    def augment(sample, rng):
        """Shift, mirror and darken."""
        view = np.roll(sample, rng.integers(-5, 6, 2), axis=(0, 1))
        if rng.random() < 0.5:
            view = view[:, ::-1]
        return view * rng.uniform(0.4, 1.0) + rng.normal(0, 0.06, view.shape)

    views, partner = two_view_batch(x, augment, np.random.default_rng(2))
    axes = figure.subplots(3, 6)
    for column in range(6):
        for row, (image, name) in enumerate(
            (
                (x[column], "sample"),
                (views[column], f"row {column}"),
                (views[partner[column]], f"row {partner[column]}"),
            )
        ):
            axes[row, column].imshow(image, cmap="Greys", vmin=0, vmax=1)
            axes[row, column].set(xticks=[], yticks=[])
            axes[row, column].set_title(name, fontsize=9)
    figure.suptitle("Your views: each column is a positive pair", x=0.01, ha="left")
