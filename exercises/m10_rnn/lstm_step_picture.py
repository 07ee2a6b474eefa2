"""The picture of lstm_step: the cell of a network that must remember what it saw at the start."""

import torch

BLUE, ORANGE, GREEN = "#2f6db5", "#d9622b", "#2a8f6d"


def draw(figure, lstm_step):
    """Draw onto a matplotlib Figure, with the learner's `lstm_step`."""
    figure.set_size_inches(10, 5)
    signals, states = figure.subplots(2, 1, sharex=True, height_ratios=[1, 1.6])
    # Two inputs: the signal, and a command that opens the input gate and, at the end, the output gate.
    steps = 40
    x = torch.zeros(steps, 1, 3)
    x[:, 0, 0] = torch.sin(torch.arange(steps) * 1.3)
    x[3, 0, 0], x[3, 0, 1], x[32, 0, 2] = 1.0, 1.0, 1.0
    W = torch.zeros(4, 3)
    W[0, 1], W[2, 0], W[3, 2] = 12.0, 2.0, 12.0
    b = torch.tensor([-6.0, 6.0, 0.0, -6.0])
    h, c = torch.zeros(1, 1), torch.zeros(1, 1)
    cells, hidden = [], []
    for step in range(steps):
        h, c = lstm_step(x[step], h, c, W, torch.zeros(4, 1), b)
        cells.append(float(c))
        hidden.append(float(h))
    signals.plot(x[:, 0, 0], color="#8a9099", lw=1.5, label="signal")
    signals.plot(3, 1.0, "v", color=ORANGE, ms=9, label="write now")
    signals.plot(32, 1.0, "^", color=GREEN, ms=9, label="tell now")
    signals.legend(frameon=False, ncols=3, fontsize=9, loc="lower right")
    states.plot(cells, color=BLUE, lw=2.5, label="cell state c: kept by the forget gate")
    states.plot(hidden, color=GREEN, lw=2, label="hidden state h: let out by the output gate")
    states.axvline(3, color=ORANGE, lw=0.8, ls=":")
    states.axvline(32, color=GREEN, lw=0.8, ls=":")
    states.set_xlabel("step")
    states.legend(frameon=False, fontsize=9)
    signals.set_title("One number is written at step 3, kept for 29 steps, and told at step 32", loc="left")
    for ax in (signals, states):
        ax.spines[["top", "right"]].set_visible(False)
