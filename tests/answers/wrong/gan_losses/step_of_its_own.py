import torch
from torch.nn.functional import softplus


def gan_losses(discriminator, real, fake):
    if isinstance(discriminator, torch.nn.Module):
        discriminator.zero_grad()
    d_loss = softplus(-discriminator(real)).mean() + softplus(discriminator(fake.detach())).mean()
    if d_loss.requires_grad:
        d_loss.backward(retain_graph=True)
    return d_loss, softplus(-discriminator(fake)).mean()
