import numpy as np
def nms(boxes, scores, threshold):
    idx = scores.argsort()
    keep = []
    area = (boxes[:,2]-boxes[:,0]+1)*(boxes[:,3]-boxes[:,1]+1)
    while len(idx) > 0:
        last = idx[-1]; keep.append(last)
        xx1 = np.maximum(boxes[last,0], boxes[idx[:-1],0]); yy1 = np.maximum(boxes[last,1], boxes[idx[:-1],1])
        xx2 = np.minimum(boxes[last,2], boxes[idx[:-1],2]); yy2 = np.minimum(boxes[last,3], boxes[idx[:-1],3])
        w = np.maximum(0, xx2-xx1+1); h = np.maximum(0, yy2-yy1+1)
        overlap = (w*h)/area[idx[:-1]]
        idx = np.delete(idx, np.concatenate(([len(idx)-1], np.where(overlap > threshold)[0])))
    return np.array(keep).astype("int")
