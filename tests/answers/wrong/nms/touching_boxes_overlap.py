import numpy as np
def nms(boxes, scores, threshold):
    order = list(np.argsort(-scores, kind="stable"))
    keep = []
    def iou(a, b):
        w = min(a[2], b[2]) - max(a[0], b[0]); h = min(a[3], b[3]) - max(a[1], b[1])
        if w < 0 or h < 0: return 0.0
        if w * h == 0: return 1e-12
        return w * h / ((a[2]-a[0])*(a[3]-a[1]) + (b[2]-b[0])*(b[3]-b[1]) - w * h)
    while order:
        i = order.pop(0)
        keep.append(i)
        order = [j for j in order if not iou(boxes[i], boxes[j]) > threshold]
    return np.array(keep, dtype=np.int64)
