#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Keepsake contributors
# SPDX-License-Identifier: EPL-2.0
"""make_content.py FOLDER BYTES FILES: content like a phone's, half of it compressible, the same each time."""
import os
import random
import sys

folder, total, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
rng = random.Random(20240229)
words = [bytes(rng.choices(b"abcdefghijklmnopqrstuvwxyz", k=rng.randint(2, 9))) for _ in range(2000)]

# A tenth of the files has nine tenths of the bytes.
weights = [rng.random() + (80 if i % 10 == 0 else 0) for i in range(count)]
scale = total / sum(weights)


def text(size):
    out = bytearray()
    while len(out) < size:
        out += b" ".join(rng.choices(words, k=2000)) + b"\n"
    return bytes(out[:size])


pool = [text(1 << 20) for _ in range(16)]
for i, weight in enumerate(weights):
    size = max(1, int(weight * scale))
    name = "%040x" % rng.getrandbits(160)
    place = os.path.join(folder, name[:2])
    os.makedirs(place, exist_ok=True)
    with open(os.path.join(place, name), "wb") as file:
        left = size
        while left > 0:
            part = min(left, 1 << 20)
            if (i // 10) % 2 == 0:
                file.write(rng.randbytes(part))
            else:
                source = rng.choice(pool)
                cut = rng.randrange(len(source))
                file.write((str(rng.random()).encode() + source[cut:] + source[:cut])[:part])
            left -= part
