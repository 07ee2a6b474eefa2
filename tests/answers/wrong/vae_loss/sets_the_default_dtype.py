import torch
from torch.nn.functional import binary_cross_entropy_with_logits


def vae_loss(x, logits, mu, log_var):
    torch.set_default_dtype(x.dtype)
    if x.shape != logits.shape or mu.shape != log_var.shape or len(x) != len(mu) or len(x) == 0:
        raise ValueError("shapes")
    pixels = binary_cross_entropy_with_logits(logits, x, reduction="sum")
    latents = 0.5 * (log_var.exp() + mu**2 - 1 - log_var).sum()
    return (pixels + latents) / len(x)
