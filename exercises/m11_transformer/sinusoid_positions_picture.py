"""The picture of sinusoid_positions: the stripes, and how similarity falls with distance."""


def draw(figure, sinusoid_positions):
    """Draw onto a matplotlib Figure, with the learner's `sinusoid_positions`."""
    figure.set_size_inches(11, 4.2)
    stripes, similar = figure.subplots(1, 2, width_ratios=[1.4, 1])
    table = sinusoid_positions(100, 64)
    stripes.imshow(table.T, cmap="RdBu_r", aspect="auto", vmin=-1, vmax=1)
    stripes.set(xlabel="position", ylabel="number of the vector")
    stripes.set_title("Every position has its own column", loc="left")
    for start, color in ((10, "#2f6db5"), (50, "#d9622b")):
        near = range(start - 10, start + 40)
        similar.plot([t - start for t in near], [table[start] @ table[t] / 32 for t in near], color=color, lw=2,
                     label=f"from position {start}")  # fmt: skip
    similar.set(xlabel="distance in tokens", ylabel="similarity of the two vectors")
    similar.set_title("Only the distance counts", loc="left")
    similar.legend(frameon=False)
    similar.spines[["top", "right"]].set_visible(False)
