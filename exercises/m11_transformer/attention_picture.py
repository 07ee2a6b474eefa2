"""The picture of attention: who looks where, without a mask and with a causal one."""

import torch

WORDS = ["the", "cat", "sat", "on", "the", "mat", "because", "it", "was", "warm"]


def draw(figure, attention):
    """Draw onto a matplotlib Figure, with the learner's `attention`."""
    figure.set_size_inches(10, 5)
    generator = torch.Generator().manual_seed(4)
    vectors = {word: torch.randn(6, generator=generator) for word in WORDS}
    vectors["it"] = vectors["cat"] + 0.4 * torch.randn(6, generator=generator)
    x = torch.stack([vectors[word] for word in WORDS])
    causal = torch.ones(len(WORDS), len(WORDS), dtype=torch.bool).tril()
    parts = ("no mask", None), ("causal mask: no look ahead", causal)
    for ax, (title, mask) in zip(figure.subplots(1, 2), parts, strict=True):
        # With the identity as values, what comes out is the weights themselves.
        weights = attention(1.5 * x, x, torch.eye(len(WORDS)), mask)
        ax.imshow(weights, cmap="Blues", vmin=0, vmax=1)
        ax.set_xticks(range(len(WORDS)), WORDS, rotation=60, ha="right", fontsize=9)
        ax.set_yticks(range(len(WORDS)), WORDS, fontsize=9)
        ax.set_title(title, loc="left")
        ax.set_xlabel("key")
    figure.axes[0].set_ylabel("query")
