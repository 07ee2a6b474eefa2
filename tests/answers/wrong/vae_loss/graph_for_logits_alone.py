import torch
import torch.nn.functional as F
def vae_loss(x, logits, mu, log_var):
    if x.shape != logits.shape or mu.shape != log_var.shape or len(x) != len(mu) or len(x) == 0: raise ValueError("s")
    with torch.set_grad_enabled(logits.requires_grad):
        return (F.binary_cross_entropy_with_logits(logits, x, reduction="sum") + 0.5*(log_var.exp()+mu**2-1-log_var).sum())/len(x)
