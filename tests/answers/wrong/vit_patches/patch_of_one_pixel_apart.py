def vit_patches(x, patch):
    B, C, H, W = x.shape
    if patch < 1 or H % patch or W % patch:
        raise ValueError("patch")
    if patch == 1:
        return x.flatten(2)
    u = x.unfold(2, patch, patch).unfold(3, patch, patch)
    return u.permute(0, 2, 3, 1, 4, 5).reshape(B, H // patch * (W // patch), -1)
