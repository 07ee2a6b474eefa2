import torch
import torch.nn.functional as F

def gan_losses(discriminator, real, fake):
    r = discriminator(real)
    f = discriminator(fake.detach())
    d_loss = F.softplus(-r).mean() + F.softplus(f).mean()
    g_loss = F.softplus(-discriminator(fake)).mean()
    return d_loss.item(), g_loss.item()
