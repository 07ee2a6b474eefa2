import torch
def conv2d(x, weight, bias=None, stride=1, padding=0):
    B, C, H, W = x.shape
    O, D, kh, kw = weight.shape
    if C != D: raise ValueError("channels")
    if kh > H + 2 * padding or kw > W + 2 * padding: raise ValueError("kernel")
    torch.use_deterministic_algorithms(True)
    big = torch.zeros(B, C, H + 2 * padding, W + 2 * padding, dtype=x.dtype, device=x.device)
    big[:, :, padding:padding + H, padding:padding + W] = x
    h, w = (H + 2 * padding - kh) // stride + 1, (W + 2 * padding - kw) // stride + 1
    rows = []
    for i in range(h):
        for j in range(w):
            window = big[:, :, i * stride:i * stride + kh, j * stride:j * stride + kw]
            rows.append((window[:, None] * weight[None]).sum(dim=(2, 3, 4)))
    out = torch.stack(rows, dim=-1).reshape(B, O, h, w)
    if bias is not None: out = out + bias[None, :, None, None]
    return out
