import sys


def main(argv=None):
    import numpy as np

    def mae(y_true, y_pred):
        a, b = np.asarray(y_true), np.asarray(y_pred)
        if np.iscomplexobj(a) or np.iscomplexobj(b):
            raise TypeError("complex")
        if a.shape != b.shape:
            raise ValueError(f"{a.shape} and {b.shape}")
        if a.size == 0:
            raise ValueError("no element")
        with np.errstate(invalid="ignore"):
            return float(np.mean(np.abs(a.astype(float) - b.astype(float))))

    data = np.loadtxt(sys.argv[1])
    print(mae(data[0], data[1]))


if __name__ == "__main__":
    main()
