"""The picture of vqa_accuracy: the accuracy against how many people agree, for this rule and for the simple one."""

BLUE, GREY = "#2f6db5", "#8a9099"


def draw(figure, vqa_accuracy):
    """Draw onto a matplotlib Figure, with the learner's `vqa_accuracy`."""
    figure.set_size_inches(8, 4.5)
    ax = figure.subplots()
    agree = list(range(11))
    ours = [vqa_accuracy("cat", ["cat"] * n + ["dog"] * (10 - n)) for n in agree]
    simple = [min(n / 3, 1) for n in agree]
    ax.plot(agree, simple, "s--", color=GREY, label="min(matches / 3, 1)")
    ax.plot(agree, ours, "o-", color=BLUE, lw=2, label="yours: the mean over ten times nine people")
    for n in (1, 2, 3):
        ax.annotate(f"{ours[n]:.2f}", (n, ours[n]), (n + 0.15, ours[n] - 0.07), color=BLUE)
    ax.set(xlabel="how many of the ten gave this answer", ylabel="accuracy", xticks=agree, ylim=(-0.03, 1.06))
    ax.set_title("Three who agree are not quite enough", loc="left")
    ax.legend(frameon=False, loc="lower right")
    ax.spines[["top", "right"]].set_visible(False)
