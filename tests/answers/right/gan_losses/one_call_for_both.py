import torch
def gan_losses(discriminator, real, fake):
    both = discriminator(torch.cat([real, fake.detach()], dim=0))
    r, f = both[:len(real)], both[len(real):]
    ls = torch.nn.functional.logsigmoid
    return -ls(r).mean() - ls(-f).mean(), -ls(discriminator(fake)).mean()
