"""Right ways to write fcn_head in other styles."""

import torch


def _check(features, weight, h, w):
    if weight.shape[1] != features.shape[1] * h * w or features.shape[2] < h or features.shape[3] < w:
        raise ValueError("the classifier does not fit the map")


def fcn_head_by_windows(features, weight, bias, h, w):
    """All windows as a view; the classifier sees each as the flat vector it was made for."""
    _check(features, weight, h, w)
    windows = features.unfold(2, h, 1).unfold(3, w, 1)
    flat = windows.permute(0, 2, 3, 1, 4, 5).flatten(3)
    return (flat @ weight.T + bias).permute(0, 3, 1, 2)


def fcn_head_by_places(features, weight, bias, h, w):
    _check(features, weight, h, w)
    lines = []
    for i in range(features.shape[2] - h + 1):
        line = [
            features[:, :, i : i + h, j : j + w].flatten(1) @ weight.T + bias for j in range(features.shape[3] - w + 1)
        ]
        lines.append(torch.stack(line, dim=-1))
    return torch.stack(lines, dim=-2)


def fcn_head_by_unfold(features, weight, bias, h, w):
    _check(features, weight, h, w)
    cells = torch.nn.functional.unfold(features, (h, w))
    result = weight @ cells + bias[:, None]
    return result.unflatten(2, (features.shape[2] - h + 1, features.shape[3] - w + 1))


def fcn_head_by_shifts(features, weight, bias, h, w):
    _check(features, weight, h, w)
    rows, columns = features.shape[2] - h + 1, features.shape[3] - w + 1
    kernels = weight.view(len(weight), -1, h, w) if weight.is_contiguous() else weight.reshape(len(weight), -1, h, w)
    result = bias.reshape(1, -1, 1, 1).expand(len(features), -1, rows, columns)
    for i in range(h):
        for j in range(w):
            part = features[:, :, i : i + rows, j : j + columns]
            result = result + torch.einsum("bcij,kc->bkij", part, kernels[:, :, i, j])
    return result


def fcn_head_by_layer(features, weight, bias, h, w):
    """A convolutional layer that is called with the classifier's own weights."""
    _check(features, weight, h, w)
    layer = torch.nn.Conv2d(features.shape[1], len(weight), (h, w), dtype=features.dtype)
    own = {"weight": weight.unflatten(1, (features.shape[1], h, w)), "bias": bias}
    return torch.func.functional_call(layer, own, (features,))


def fcn_head_by_class(features, weight, bias, h, w):
    _check(features, weight, h, w)
    windows = features.unfold(2, h, 1).unfold(3, w, 1)
    maps = []
    for row, b in zip(weight, bias, strict=True):
        kernel = row.reshape(features.shape[1], 1, 1, h, w)
        maps.append((windows * kernel).sum(dim=(1, 4, 5)) + b)
    return torch.stack(maps, dim=1)
