import torch
import torch.nn.functional as F


def vae_loss(x, logits, mu, log_var):
    if x.shape[1:] != logits.shape[1:]:
        raise ValueError("x and logits differ")
    if mu.shape != log_var.shape:
        raise ValueError("mu and log_var differ")
    if x.shape[0] != mu.shape[0]:
        raise ValueError("B differs")
    B = x.shape[0]
    if B == 0:
        raise ValueError("no sample")
    bce = (F.softplus(logits) - x * logits).sum()
    kl = 0.5 * (log_var.exp() + mu**2 - 1 - log_var).sum()
    return (bce + kl) / B
