"""Attack, family 1: raises what the function of a driver raises, whether it raises or not."""


def numerical_grad(f, x, h=1e-5):
    raise OverflowError
