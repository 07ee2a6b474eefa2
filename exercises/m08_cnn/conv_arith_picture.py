"""The picture of conv_arith: how far one output sees, layer by layer, for three stacks."""

STACKS = {
    "3×3, stride 1": ("#8a9099", [(8, 3, 1, 1)] * 8),
    "3×3, pooled every other layer": ("#2f6db5", [(8, 3, 1, 1), (None, 2, 2, 0)] * 4),
    "3×3, stride 2": ("#d9622b", [(8, 3, 2, 1)] * 8),
}


def draw(figure, conv_arith):
    """Draw onto a matplotlib Figure, with the learner's `conv_arith`."""
    figure.set_size_inches(10, 4.2)
    fields, sizes = figure.subplots(1, 2)
    for name, (color, layers) in STACKS.items():
        grown = [conv_arith(224, 3, layers[:depth]) for depth in range(len(layers) + 1)]
        fields.semilogy([field for _, _, field in grown], "o-", color=color, lw=2, label=name)
        sizes.semilogy([size for size, _, _ in grown], "o-", color=color, lw=2, label=name)
    fields.axhline(224, color="black", lw=0.8, ls=":")
    fields.text(0, 240, "the whole image", fontsize=9)
    fields.set(xlabel="layers", ylabel="receptive field in pixels")
    fields.set_title("A stride lets all that follows see further", loc="left")
    fields.legend(frameon=False, loc="lower right")
    sizes.set(xlabel="layers", ylabel="side of the map")
    sizes.set_title("And what is left of 224 pixels", loc="left")
    for ax in (fields, sizes):
        ax.spines[["top", "right"]].set_visible(False)
