#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Keepsake contributors
# SPDX-License-Identifier: EPL-2.0
"""make_many.py FOLDER FILES: so many tiny files in 256 folders, as a backup has them, each with content of its own."""
import os
import random
import sys

folder, count = sys.argv[1], int(sys.argv[2])
rng = random.Random(20070629)
for i in range(256):
    os.makedirs(os.path.join(folder, "%02x" % i), exist_ok=True)
for i in range(count):
    name = "%040x" % rng.getrandbits(160)
    with open(os.path.join(folder, name[:2], name), "wb", buffering=0) as file:
        file.write(b"%d %s" % (i, rng.randbytes(rng.randint(10, 120))))
