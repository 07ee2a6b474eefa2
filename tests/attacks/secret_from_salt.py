"""A script: the course secret from exercises/quiz_salt.txt, which every learner has, by trying likely words and years.

python secret_from_salt.py exercises/quiz_salt.txt
"""

import hashlib
import hmac
import itertools
import sys

salt = open(sys.argv[1]).read().strip()
words = ["spring", "autumn", "winter", "summer", "secret", "deeplearning", "dl", "winnow", "course", "exam", "password"]


def drawn_from(secret):
    return hmac.new(secret, b"winnow quiz draws", hashlib.sha256).hexdigest()


for year, word, between in itertools.product(range(1990, 2031), words, ("", "-", "_")):
    guess = f"{word}{between}{year}"
    if drawn_from(hashlib.sha256(guess.encode()).digest()) == salt:
        print("secret:", guess)
        break
