"""The two losses of a generative adversarial network."""

import torch


def gan_losses(discriminator, real, fake) -> tuple[torch.Tensor, torch.Tensor]:
    """Return (d_loss, g_loss), the losses of one step, computed from logits.

    With D(x) the logit that x is real and σ the sigmoid,

        d_loss = mean of -log σ(D(real)) + mean of -log(1 - σ(D(fake)))
        g_loss = mean of -log σ(D(fake))         (the non-saturating one)

    d_loss trains the discriminator: its gradient reaches the discriminator's parameters and not `fake`. g_loss trains
    the generator: its gradient reaches `fake`. Logits of ±200 give finite losses.

    Free: how often the discriminator is called; whether g_loss also reaches its parameters; whether d_loss reaches
    `real`; whether no gradient is a gradient of zero or none.

    Allowed: the standard library, numpy, pandas, torch. The function is pure: the tensors and the discriminator's
    parameters keep their values, their `requires_grad` and their `.grad`, the discriminator keeps its mode, nothing
    global is changed, and the losses are new. Printing and warnings cost nothing.

    Args:
        discriminator: a callable, tensor (B, ...) → logits (B,), that judges every sample by itself: a function, or a
            torch.nn.Module.
        real: tensor (B, ...) of data.
        fake: tensor (B', ...) that a generator made, so it is no leaf of the graph. B' may differ from B.

        Tensors are float32 or float64, of one dtype and device, contiguous or not.

    Returns:
        Two 0-d tensors of that dtype and device.

    >>> def undecided(x):
    ...     return 0 * x.flatten(1).sum(dim=1)
    >>> d_loss, g_loss = gan_losses(undecided, torch.ones(2, 3), torch.ones(4, 3))
    >>> d_loss, g_loss  # 2 log 2 and log 2
    (tensor(1.3863), tensor(0.6931))
    """
    # TODO: what does log(sigmoid(-200)) give? And which of the two losses may move the generator?
    raise NotImplementedError("gan_losses is not written yet")
