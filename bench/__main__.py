"""`python -m bench [PRODUCTS …]`: the shop's figures, a process for each size of catalogue (1,000 and 100,000 unless told).

`python -m bench sales` and `python -m bench matching` print those of the incubator, `seller` a shop's, `pages` those of the
pages editors write.
"""

import subprocess
import sys

from bench import matching, pages, sales, seller

ROOMS = {"sales": sales.main, "matching": matching.main, "seller": seller.main, "pages": pages.main}

if sys.argv[1:2] and sys.argv[1] in ROOMS:
    ROOMS[sys.argv[1]](sys.argv[2:])
else:
    for products in sys.argv[1:] or ("1000", "100000"):
        subprocess.run([sys.executable, "-m", "bench.measure", products], check=True)
