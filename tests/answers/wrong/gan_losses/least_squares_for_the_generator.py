import torch
import torch.nn.functional as F

def gan_losses(discriminator, real, fake):
    d_real = discriminator(real)
    d_fake = discriminator(fake.detach())
    d_loss = F.softplus(-d_real).mean() + F.softplus(d_fake).mean()
    g_loss = ((discriminator(fake) - 1) ** 2).mean()
    return d_loss, g_loss
