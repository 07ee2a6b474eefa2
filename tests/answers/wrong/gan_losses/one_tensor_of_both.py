import torch
import torch.nn.functional as F
def gan_losses(discriminator, real, fake):
    r, f = discriminator(real), discriminator(fake.detach())
    d = F.softplus(-r).mean() + F.softplus(f).mean()
    g = F.softplus(-discriminator(fake)).mean()
    return torch.stack([d, g])
