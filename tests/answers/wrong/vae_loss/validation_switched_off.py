import torch
from torch.distributions import Bernoulli, Distribution, Normal, kl_divergence


def vae_loss(x, logits, mu, log_var):
    if x.shape != logits.shape or mu.shape != log_var.shape:
        raise ValueError("shapes differ")
    if len(x) != len(mu) or len(x) == 0:
        raise ValueError("bad batch sizes")
    Distribution.set_default_validate_args(False)  # x need not be 0 or 1
    log_p = Bernoulli(logits=logits).log_prob(x).flatten(1).sum(1)
    prior = Normal(torch.zeros_like(mu), torch.ones_like(mu))
    kl = kl_divergence(Normal(mu, (0.5 * log_var).exp()), prior).sum(1)
    return (kl - log_p).mean()
