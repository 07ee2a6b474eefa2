import torch
def vae_loss(x, logits, mu, log_var):
    if x.shape != logits.shape or mu.shape != log_var.shape or len(x) != len(mu) or len(x) == 0: raise ValueError("s")
    big = logits.abs() > 10
    safe = torch.where(big, torch.zeros_like(logits), logits)
    bce = torch.where(big, logits.clamp(min=0) - x * logits, torch.log1p(torch.exp(safe)) - x*logits)
    return (bce.sum() + 0.5*(log_var.exp()+mu**2-1-log_var).sum())/len(x)
