def log_cosh(y, y_hat):
    while True:
        pass


while True:
    pass
