"""`python -m bench [PRODUCTS …]`: all figures, a process for each size of catalogue (1,000 and 100,000 unless told)."""

import subprocess
import sys

for products in sys.argv[1:] or ("1000", "100000"):
    subprocess.run([sys.executable, "-m", "bench.measure", products], check=True)
