import torch
from torch.nn import functional as F


def gan_losses(discriminator, real, fake):
    a, b = discriminator(real), discriminator(fake.detach())
    d_loss = -F.logsigmoid(a).mean() - F.logsigmoid(-b).mean()
    if isinstance(discriminator, torch.nn.Module):
        discriminator.eval()
    return d_loss, -F.logsigmoid(discriminator(fake)).mean()
