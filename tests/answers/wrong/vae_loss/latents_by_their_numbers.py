import torch.nn.functional as F


def vae_loss(x, logits, mu, log_var):
    if x.shape != logits.shape or mu.numel() != log_var.numel() or x.shape[0] != mu.shape[0] or x.shape[0] == 0:
        raise ValueError("shapes")
    bce = F.binary_cross_entropy_with_logits(logits, x, reduction="sum")
    kl = 0.5 * ((log_var.exp() - 1 - log_var).sum() + (mu ** 2).sum())
    return (bce + kl) / x.shape[0]
