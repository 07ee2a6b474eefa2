def vit_patches(x, patch):
    B, C, H, W = x.shape
    if patch < 1 or H % patch or W % patch:
        raise ValueError("patch")
    u = x.unfold(2, patch, patch).unfold(3, patch, patch)
    return u.permute(0, 2, 3, 1, 4, 5).reshape(B, (H // patch) ** 2, -1)
