"""The picture of vae_loss: the KL term over the mean and the logarithm of the variance of one latent."""

import math

import torch


def draw(figure, vae_loss):
    """Draw onto a matplotlib Figure, with the learner's `vae_loss`."""
    figure.set_size_inches(10, 4.3)
    valley, cut = figure.subplots(1, 2)
    nothing = torch.zeros(1, 1)

    def kl(mu, log_var):
        # A pixel of 0 with a logit of 0 costs log 2; what is left is the KL.
        return float(vae_loss(nothing, nothing, torch.tensor([[mu]]), torch.tensor([[log_var]]))) - math.log(2)

    mus, log_vars = torch.linspace(-3, 3, 41).tolist(), torch.linspace(-4, 2.5, 41).tolist()
    heights = [[kl(mu, log_var) for mu in mus] for log_var in log_vars]
    valley.contourf(
        mus, log_vars, heights, levels=[0, 0.1, 0.25, 0.5, 1, 1.5, 2, 3, 4, 6, 8], cmap="Blues_r", extend="max"
    )
    valley.plot(0, 0, "o", color="#d9622b", ms=9)
    valley.annotate("N(0, 1): no cost", (0, 0), (0.25, 0.3), color="#d9622b")
    valley.set(xlabel="mu", ylabel="log_var")
    valley.set_title("What it costs to say something in the latent", loc="left", fontsize=11)
    cut.plot(log_vars, [kl(0.0, one) for one in log_vars], color="#2f6db5", lw=2.2, label="mu = 0")
    cut.plot(log_vars, [kl(2.0, one) for one in log_vars], color="#d9622b", lw=2.2, label="mu = 2")
    cut.set(xlabel="log_var", ylabel="KL in nats")
    cut.set_title("Too sure is dear, too, whatever is said", loc="left", fontsize=11)
    cut.legend(frameon=False)
    cut.spines[["top", "right"]].set_visible(False)
