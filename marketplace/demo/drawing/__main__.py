"""``python -m marketplace.demo.drawing [KEY …]`` draws the named goods, or all of them."""

import sys

from .draw import categories, draw

for key in sys.argv[1:] or categories():
    draw(key)
    sys.stdout.write(f"{key}\n")
    sys.stdout.flush()
