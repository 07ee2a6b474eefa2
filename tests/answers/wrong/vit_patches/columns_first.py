import torch


def vit_patches(x, patch) -> torch.Tensor:
    B, C, H, W = x.shape
    if patch < 1 or H % patch or W % patch:
        raise ValueError("patch")
    tokens = []
    for j in range(W // patch):
        for i in range(H // patch):
            p = x[:, :, i * patch:(i + 1) * patch, j * patch:(j + 1) * patch]
            tokens.append(p.transpose(2, 3).flatten(1))
    return torch.stack(tokens, 1)
