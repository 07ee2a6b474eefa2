"""The picture of ar_param_count: how many numbers each model needs, on a logarithmic axis."""

KINDS = {"joint": "#d9622b", "chain": "#b0892f", "markov": "#2f6db5", "independent": "#8a9099"}


def draw(figure, ar_param_count):
    """Draw onto a matplotlib Figure, with the learner's `ar_param_count`."""
    figure.set_size_inches(9, 4.5)
    ax = figure.subplots()
    sizes = 2, 5, 10, 20, 40
    for number, (kind, color) in enumerate(KINDS.items()):
        places = [place + 0.2 * (number - 1.5) for place in range(len(sizes))]
        ax.bar(places, [ar_param_count(n, kind) for n in sizes], width=0.2, color=color, label=kind)
    ax.set_yscale("log")
    ax.set_xticks(range(len(sizes)), [f"{n} variables" for n in sizes])
    ax.set_ylabel("free parameters")
    ax.set_title("The chain rule saves nothing; a Markov assumption saves almost all", loc="left")
    ax.legend(frameon=False)
    ax.spines[["top", "right"]].set_visible(False)
