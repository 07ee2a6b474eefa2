import torch
def lie_factor(data_before, data_after, drawn_before, drawn_after, dimension=1):
    if dimension not in [1,2,3] or drawn_before<=0 or drawn_after<=0 or data_before==0 or data_before-data_after==0:
        raise ValueError("bad input")
    t = torch.tensor([data_before, data_after, drawn_before, drawn_after], dtype=torch.float64)
    t[2:] = t[2:] ** dimension
    return ((t[3]/t[2]-1)/(t[1]/t[0]-1))
