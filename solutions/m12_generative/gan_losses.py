"""The two losses of a generative adversarial network."""

import torch
import torch.nn.functional as F


def gan_losses(discriminator, real, fake) -> tuple[torch.Tensor, torch.Tensor]:
    """Return (d_loss, g_loss), the losses of one step, computed from logits."""
    on_real = discriminator(real)
    on_fake = discriminator(fake.detach())
    # -log σ(a) = softplus(-a), and -log(1 - σ(a)) = softplus(a): nothing underflows.
    d_loss = F.softplus(-on_real).mean() + F.softplus(on_fake).mean()
    g_loss = F.softplus(-discriminator(fake)).mean()
    return d_loss, g_loss
