"""Pictures of the demo goods, computed: a height field, its colours and its gloss, under one light from the upper left.

One good, one vessel, seen from above, on a cloth in the tint of the good's category. The same key always gives the same
picture. The drawn WebP files are kept in ``marketplace/demo/pictures``; numpy and scipy are needed only to draw them again.

Lengths are in units of a thousandth of the picture's side, the origin is the middle, x runs right and y down.
"""
