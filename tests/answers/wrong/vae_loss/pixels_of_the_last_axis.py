import torch
import torch.nn.functional as F


def check(x, logits, mu, log_var):
    if x.shape != logits.shape or mu.shape != log_var.shape or x.shape[0] != mu.shape[0] or x.shape[0] == 0:
        raise ValueError("shapes")


def vae_loss(x, logits, mu, log_var) -> torch.Tensor:
    check(x, logits, mu, log_var)
    bce = F.binary_cross_entropy_with_logits(logits, x, reduction="none").sum(-1).mean()
    kl = 0.5 * (log_var.exp() + mu ** 2 - 1 - log_var).sum(-1).mean()
    return bce + kl
