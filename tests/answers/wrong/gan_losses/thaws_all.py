import torch
from torch.nn.functional import softplus


def set_requires_grad(net, value):
    if isinstance(net, torch.nn.Module):
        for p in net.parameters():
            p.requires_grad_(value)


def gan_losses(discriminator, real, fake):
    d_loss = softplus(-discriminator(real)).mean() + softplus(discriminator(fake.detach())).mean()
    set_requires_grad(discriminator, False)
    g_loss = softplus(-discriminator(fake)).mean()
    set_requires_grad(discriminator, True)
    return d_loss, g_loss
