import torch
import torch.nn.functional as F


def gan_losses(discriminator, real, fake):
    real, fake = real.flatten(1), fake.flatten(1)
    d_real = discriminator(real)
    d_fake = discriminator(fake.detach())
    d_loss = -F.logsigmoid(d_real).mean() - F.logsigmoid(-d_fake).mean()
    g_loss = -F.logsigmoid(discriminator(fake)).mean()
    return d_loss, g_loss
