def vit_patches(x, patch):
    B, C, H, W = x.shape
    if C > 4:
        raise ValueError("expected (B, C, H, W): are the channels last?")
    if patch < 1 or H % patch or W % patch:
        raise ValueError("patch must divide the image")
    x = x.reshape(B, C, H // patch, patch, W // patch, patch)
    return x.permute(0, 2, 4, 1, 3, 5).reshape(B, -1, C * patch * patch)
