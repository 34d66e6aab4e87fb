"""Passwords: which are taken, and how they are kept."""

import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from quizapp.actions.errors import Refused

SHORTEST, LONGEST = 10, 128
FEWEST_DIFFERENT = 4

_LEAKED = """
0123456789 1234567890 12345678910 123456789a 1234567891 0987654321 9876543210 a123456789 abc1234567 abcd123456
abcdefghij 1q2w3e4r5t 1qaz2wsx3edc qwertyuiop qwertyuiop1 qwerty1234 qwerty12345 qwerty123456 asdfghjkl1
password12 password123 password1234 passwordpassword passw0rd123 p@ssword123 letmein123 letmeinplease welcome123
welcome1234 changeme123 changemenow iloveyou12 iloveyou123 sunshine123 princess123 football123 baseball123
superman123 starwars123 computer123 internet123 administrator administrator1 testtest123 test123456
trustno1trustno1 student123 teacher123 quizapp123 correcthorsebatterystaple
"""

COMMONEST = frozenset(_LEAKED.split())
"""Of the lists of leaked passwords those long enough to be taken otherwise."""

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)

_NOBODYS = "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5J3Mgc2FsdA$q8sY7nq3Wm0C2bqRkV0S8kQ4oYf0a3o7C9f2m1l7w5E"
"""The hash of no known password, checked when nobody has the address, so that the answer takes as long."""


def hash_password(password: str) -> str:
    """Hash a password for keeping (argon2id, 19 MiB, two passes: OWASP's password storage cheat sheet)."""
    return _hasher.hash(_same(password))


def is_right(kept: str | None, password: str) -> bool:
    """Tell whether a password is the one kept; it takes as long when none is."""
    try:
        return _hasher.verify(kept or _NOBODYS, _same(password)) and kept is not None
    except (VerificationError, InvalidHashError):
        return False


def is_outdated(kept: str) -> bool:
    """Tell whether a hash was made with other costs than today's."""
    return _hasher.check_needs_rehash(kept)


def refuse_weak(password: str, email: str, field: str) -> None:
    """Refuse a password that is short, known to everybody, or the address itself."""
    plain = _same(password).lower()
    if len(password) < SHORTEST:
        raise Refused("A password needs at least 10 characters; a few words in a row are easy to keep.", field)
    if len(password) > LONGEST:
        raise Refused("A password has at most 128 characters.", field)
    if plain in {email.lower(), email.lower().partition("@")[0]}:
        raise Refused("The password must not be the e-mail address.", field)
    if plain.replace(" ", "") in COMMONEST or len(set(plain)) < FEWEST_DIFFERENT:
        raise Refused("This password is among the first that anybody would try.", field)


def _same(password: str) -> str:
    """Let a password typed on another keyboard be the same password (NIST SP 800-63B, 3.1.1.2)."""
    return unicodedata.normalize("NFKC", password)
