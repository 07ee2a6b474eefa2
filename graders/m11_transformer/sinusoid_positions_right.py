"""Right ways to write sinusoid_positions in other styles."""

import math

import numpy as np
import torch


def _checked(length, dim):
    if dim < 2 or dim % 2 or length < 0:
        raise ValueError(f"no table of ({length}, {dim})")


def sinusoid_positions_by_loops(length, dim):
    _checked(length, dim)
    result = np.zeros((length, dim))
    for t in range(length):
        for i in range(dim // 2):
            angle = t / 10000 ** (2 * i / dim)
            result[t, 2 * i], result[t, 2 * i + 1] = math.sin(angle), math.cos(angle)
    return result


def sinusoid_positions_by_complex(length, dim):
    """Sine and cosine are the two parts of exp(i angle)."""
    _checked(length, dim)
    turned = np.exp(1j * np.outer(np.arange(length), 10000.0 ** (-np.arange(0, dim, 2) / dim)))
    return np.stack([turned.imag, turned.real], axis=-1).reshape(length, dim)


def sinusoid_positions_by_phase(length, dim):
    """A cosine is a sine, a quarter of a turn ahead."""
    _checked(length, dim)
    column = np.arange(dim)
    angles = np.arange(length)[:, None] * np.exp(-math.log(10000.0) * (column - column % 2) / dim)
    return np.sin(angles + np.pi / 2 * (column % 2))


def sinusoid_positions_by_where(length, dim):
    _checked(length, dim)
    t, j = np.indices((length, dim))
    angle = t / np.power(10000.0, (j // 2 * 2) / dim)
    return np.where(j % 2 == 0, np.sin(angle), np.cos(angle))


def sinusoid_positions_by_torch(length, dim):
    _checked(length, dim)
    t = torch.arange(length, dtype=torch.float64)[:, None]
    angles = t / 10000.0 ** (torch.arange(0, dim, 2, dtype=torch.float64) / dim)
    return torch.stack([angles.sin(), angles.cos()], dim=2).flatten(1).numpy()


def sinusoid_positions_by_columns(length, dim):
    _checked(length, dim)
    t = np.arange(length, dtype=np.float64)
    columns = []
    for i in range(0, dim, 2):
        columns += [np.sin(t / 10000 ** (i / dim)), np.cos(t / 10000 ** (i / dim))]
    return np.column_stack(columns)
