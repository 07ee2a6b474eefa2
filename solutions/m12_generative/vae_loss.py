"""The loss of a variational autoencoder."""

import torch
from torch.nn.functional import softplus


def vae_loss(x, logits, mu, log_var) -> torch.Tensor:
    """Return the negative ELBO of a Bernoulli decoder, averaged over the batch."""
    if x.shape != logits.shape:
        raise ValueError(f"x has shape {tuple(x.shape)} and logits {tuple(logits.shape)}")
    if mu.shape != log_var.shape:
        raise ValueError(f"mu has shape {tuple(mu.shape)} and log_var {tuple(log_var.shape)}")
    if len(x) != len(mu):
        raise ValueError(f"x has {len(x)} samples and mu {len(mu)}")
    if len(x) == 0:
        raise ValueError("there is no sample to average over")
    # -x log σ(l) - (1 - x) log(1 - σ(l)), without the logarithm of a number that underflows.
    pixels = softplus(logits) - x * logits
    reconstruction = pixels.flatten(1).sum(dim=1)
    divergence = 0.5 * (log_var.exp() + mu**2 - 1 - log_var).sum(dim=1)
    return (reconstruction + divergence).mean()
