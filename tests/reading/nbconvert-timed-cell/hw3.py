#!/usr/bin/env python
# coding: utf-8

# # Homework 3

# In[1]:


import numpy as np
get_ipython().run_line_magic('matplotlib', 'inline')
get_ipython().run_cell_magic('bash', '', 'wget https://example.org/data.zip\nunzip data.zip\n')


# In[2]:


get_ipython().run_cell_magic('time', '', 'def mae(y_true, y_pred):\n    y_true, y_pred = np.asarray(y_true), np.asarray(y_pred)\n    if np.iscomplexobj(y_true) or np.iscomplexobj(y_pred):\n        raise TypeError("complex numbers have no mean absolute error")\n    if y_true.shape != y_pred.shape:\n        raise ValueError(f"shapes {y_true.shape} and {y_pred.shape} differ")\n    if y_true.size == 0:\n        raise ValueError("no elements")\n    return float(np.mean(np.abs(y_true.astype(float) - y_pred.astype(float))))\n')


# In[3]:


data = np.load('data/train.npy')
