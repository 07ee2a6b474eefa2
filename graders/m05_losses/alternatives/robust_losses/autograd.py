"""torch: the losses are its own or made of its functions, the gradients are autograd's."""

import math

import numpy as np
import torch
import torch.nn.functional as F


def tensors(y, y_hat):
    y, y_hat = np.asarray(y), np.asarray(y_hat)
    if np.iscomplexobj(y) or np.iscomplexobj(y_hat):
        raise TypeError("expected real numbers")
    if y.shape != y_hat.shape:
        raise ValueError(f"target {torch.Size(y.shape)}, output {torch.Size(y_hat.shape)}")
    if y.size == 0:
        raise ValueError("expected at least one number")
    return torch.tensor(y.astype(np.float64)), torch.tensor(y_hat.astype(np.float64), requires_grad=True)


def t_mse(t, o):
    return F.mse_loss(o, t)


def t_mae(t, o):
    return F.l1_loss(o, t)


def t_huber(t, o, delta=1.0):
    if delta <= 0:
        raise ValueError("delta")
    return F.huber_loss(o, t, delta=float(delta))


def t_log_cosh(t, o):
    size = (t - o).abs()
    return (size + torch.log1p(torch.exp(-2 * size)) - math.log(2)).mean()


def t_quantile(t, o, tau):
    if not 0 < tau < 1:
        raise ValueError("tau")
    return torch.relu(t - o).mean() * tau + torch.relu(o - t).mean() * (1 - tau)


LOSSES = {"mse": t_mse, "mae": t_mae, "huber": t_huber, "log_cosh": t_log_cosh, "quantile": t_quantile}


def mse(y, y_hat):
    return t_mse(*tensors(y, y_hat)).item()


def huber(y, y_hat, delta=1.0):
    return t_huber(*tensors(y, y_hat), delta).item()


def log_cosh(y, y_hat):
    return t_log_cosh(*tensors(y, y_hat)).item()


def quantile(y, y_hat, tau):
    return t_quantile(*tensors(y, y_hat), tau).item()


def loss_grad(kind, y, y_hat, **kw):
    if kind not in LOSSES:
        raise ValueError(f"unknown kind of loss: {kind}")
    target, output = tensors(y, y_hat)
    LOSSES[kind](target, output, **kw).backward()
    return output.grad.numpy()
