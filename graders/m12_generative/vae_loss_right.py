"""Right ways to write vae_loss in other styles."""

import torch


def _check(x, logits, mu, log_var):
    if x.shape != logits.shape or mu.shape != log_var.shape or x.shape[0] != mu.shape[0] or x.shape[0] == 0:
        raise ValueError("shapes")


def vae_loss_by_functional(x, logits, mu, log_var):
    _check(x, logits, mu, log_var)
    bce = torch.nn.functional.binary_cross_entropy_with_logits(logits, x, reduction="sum")
    kl = -0.5 * torch.sum(1 + log_var - mu.pow(2) - log_var.exp())
    return (bce + kl) / len(x)


def vae_loss_by_distributions(x, logits, mu, log_var):
    """torch.distributions knows the divergence of two normal distributions."""
    _check(x, logits, mu, log_var)
    normal = torch.distributions.Normal
    log_p = x * torch.nn.functional.logsigmoid(logits) + (1 - x) * torch.nn.functional.logsigmoid(-logits)
    kl = torch.distributions.kl_divergence(normal(mu, (log_var / 2).exp()), normal(torch.zeros_like(mu), 1.0))
    return kl.sum(1).mean() - log_p.reshape(len(x), -1).sum(1).mean()


def vae_loss_by_max(x, logits, mu, log_var):
    """Cross-entropy from logits, in the form that does not overflow."""
    _check(x, logits, mu, log_var)
    bce = logits.clamp(min=0) - logits * x + torch.log1p(torch.exp(-logits.abs()))
    kl = (log_var.exp() + mu * mu - log_var - 1) / 2
    return (bce.sum() + kl.sum()) / x.shape[0]


def vae_loss_by_sample(x, logits, mu, log_var):
    _check(x, logits, mu, log_var)
    losses = []
    for image, logit, mean, spread in zip(x, logits, mu, log_var, strict=True):
        bce = (torch.logaddexp(logit, torch.zeros_like(logit)) - image * logit).sum()
        losses.append(bce + 0.5 * (spread.exp() + mean.square() - 1 - spread).sum())
    return torch.stack(losses).mean()


def vae_loss_by_module(x, logits, mu, log_var):
    _check(x, logits, mu, log_var)
    loss = torch.nn.BCEWithLogitsLoss(reduction="none")(logits, x)
    sigma = torch.exp(0.5 * log_var)
    kl = 0.5 * (sigma**2 + mu**2) - 0.5 - torch.log(sigma)
    return loss.sum(dim=tuple(range(1, x.ndim))).mean() + kl.sum(dim=1).mean()


def vae_loss_by_einsum(x, logits, mu, log_var):
    _check(x, logits, mu, log_var)
    flat, log = x.flatten(1), logits.flatten(1)
    per_image = torch.nn.functional.softplus(-log).sum(1) + torch.einsum("bp,bp->b", 1 - flat, log)
    per_latent = torch.expm1(log_var) - log_var + mu**2
    return torch.mean(per_image + per_latent.sum(1) / 2)
