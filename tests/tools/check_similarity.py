# SPDX-FileCopyrightText: 2026 The Clausewright authors
# SPDX-License-Identifier: Apache-2.0
"""Is our similarity RapidFuzz's? Run by hand, not by the tests:

    python3 tests/tools/check_similarity.py compare PROGRAM [PAIRS [SENTENCES]]
    python3 tests/tools/check_similarity.py golden FILE

`compare` makes PAIRS (a million) seeded random pairs, some of them sentences of a file and what edits make of them, gives them to
PROGRAM (similarity_of_pairs) and compares the longest common subsequence, the ratio and what it decides. `golden` writes the 500 pairs
of tests/data/similarity. Needs rapidfuzz. Exit status 0: no pair differs.
"""
import json
import pathlib
import random
import subprocess
import sys
import time

from rapidfuzz import __version__, fuzz
from rapidfuzz.distance import LCSseq

ALPHABETS = ["ab", "abcde ", "abcdefghijklmnopqrstuvwxyz ", "abc £€ßé𝔘中🙂", "0123456789,.$%", "aáàâäãå ē"]
CHUNK = 20000


def random_text(rng):
    alphabet = rng.choice(ALPHABETS)
    length = rng.choice([rng.randrange(8), rng.randrange(40), rng.randrange(70), rng.randrange(300)])
    return "".join(rng.choice(alphabet) for _ in range(length))


def edited(rng, text):
    letters = list(text)
    for _ in range(rng.randrange(1 + max(1, len(letters) // rng.choice([3, 6, 12, 40])))):
        at = rng.randrange(len(letters) + 1)
        if rng.random() < 0.4 and at < len(letters):
            del letters[at]
        elif rng.random() < 0.5:
            letters.insert(at, rng.choice("abc 1£𝔘"))
        elif at < len(letters):
            letters[at] = rng.choice("xyz 9€")
    return "".join(letters)


def pair(rng, sentences):
    if sentences and rng.random() < 0.3:
        a = rng.choice(sentences)
        b = edited(rng, a) if rng.random() < 0.8 else rng.choice(sentences)
    else:
        a = random_text(rng)
        b = edited(rng, a) if rng.random() < 0.7 else random_text(rng)
    return (a, b) if rng.random() < 0.5 else (b, a)


def expected(a, b):
    """LCS, |a| + |b|, and the decision in RapidFuzz's own number: above 85, not at it."""
    return LCSseq.similarity(a, b), len(a) + len(b), fuzz.ratio(a, b) > 85 + 1e-9


def compare(program, pairs=1_000_000, sentences=None):
    pairs = int(pairs)
    lines = pathlib.Path(sentences).read_text(encoding="utf-8").splitlines() if sentences else []
    rng = random.Random(20260101)
    differ = at_the_border = passing = 0
    begin = time.time()
    for first in range(0, pairs, CHUNK):
        chunk = [pair(rng, lines) for _ in range(min(CHUNK, pairs - first))]
        asked = "".join(f"{a}\n{b}\n" for a, b in chunk).encode()
        answers = subprocess.run([program], input=asked, capture_output=True, check=True).stdout.decode().splitlines()
        assert len(answers) == len(chunk)
        for (a, b), answer in zip(chunk, answers):
            lcs, total, passes = map(int, answer.split())
            ratio = 200 * lcs / total if total else 100.0
            at_the_border += 40 * lcs == 17 * total
            passing += passes
            if (lcs, total, bool(passes)) != expected(a, b) or abs(ratio - fuzz.ratio(a, b)) > 1e-9:
                differ += 1
                print("differs:", repr(a), repr(b), answer, expected(a, b), fuzz.ratio(a, b))
    print(f"rapidfuzz {__version__}: {pairs} pairs, {passing} above 0.85, {at_the_border} at it, {differ} differ, {time.time() - begin:.0f} s")
    return differ == 0


def golden(file):
    rng = random.Random(7)
    words = ("the supplier shall not assign this agreement without prior written consent of customer within thirty 30 days "
             "organisation colour £5,000 “notice” naïve").split()
    sentences = [" ".join(rng.choice(words) for _ in range(rng.randrange(3, 25))) for _ in range(100)]
    cases = [("", ""), ("", "abc"), ("abcdefghijklmnopqrst", "abcdefghijklmnopq123"), ("abcdefghijklmnopqrst", "abcdefghijklmnopqr12")]
    while len(cases) < 500:
        cases.append(pair(rng, sentences))
    with open(file, "w", encoding="utf-8", newline="\n") as out:
        for a, b in cases:
            lcs, total, passes = expected(a, b)
            out.write(json.dumps({"a": a, "b": b, "lcs": lcs, "total": total, "ratio": fuzz.ratio(a, b), "passes": passes}, ensure_ascii=False) + "\n")
    return True


sys.exit(0 if {"compare": compare, "golden": golden}[sys.argv[1]](*sys.argv[2:]) else 1)
