#!/usr/bin/env python
# coding: utf-8

# In[1]:


get_ipython().run_cell_magic('writefile', 'losses.py', 'import numpy as np\ndef mae(y_true, y_pred):\n    truth, guess = np.asarray(y_true), np.asarray(y_pred)\n    if np.iscomplexobj(truth) or np.iscomplexobj(guess):\n        raise TypeError("complex")\n    if truth.shape != guess.shape:\n        raise ValueError(f"{truth.shape} {guess.shape}")\n    if truth.size == 0:\n        raise ValueError("empty")\n    with np.errstate(invalid="ignore"):\n        return float(np.mean(np.abs(truth.astype(np.float64) - guess.astype(np.float64))))\n')


# In[2]:


from losses import mae
print(mae([1],[2]))
