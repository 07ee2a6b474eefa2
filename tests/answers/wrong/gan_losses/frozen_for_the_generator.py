import torch
from torch.nn.functional import softplus


def gan_losses(discriminator, real, fake):
    d_loss = softplus(-discriminator(real)).mean() + softplus(discriminator(fake.detach())).mean()
    if isinstance(discriminator, torch.nn.Module):
        for p in discriminator.parameters():
            p.requires_grad = False
    g_loss = softplus(-discriminator(fake)).mean()
    return d_loss, g_loss
