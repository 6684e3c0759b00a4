"""Tokens at rest: encrypted with the newest key, read with any."""

import base64
from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot.errors import SettingsError


class Cipher:
    """Seals text under keys derived from `SECRET_KEY` values, newest first."""

    def __init__(self, keys: Sequence[str] = ()) -> None:
        """Derive the keys; without any, nothing can be sealed."""
        self._fernet = MultiFernet([_fernet(key) for key in keys]) if keys else None

    def seal(self, text: str) -> str:
        """Encrypt; raises `SettingsError` without a key."""
        return self._keys().encrypt(text.encode()).decode()

    def open(self, sealed: str) -> str:
        """Decrypt; raises `SettingsError` without the key it was sealed under."""
        try:
            return self._keys().decrypt(sealed).decode()
        except InvalidToken as error:
            message = "SECRET_KEY doesn't open the tokens that are stored: keep the former key as the second one."
            raise SettingsError(message) from error

    def _keys(self) -> MultiFernet:
        if self._fernet is None:
            raise SettingsError(
                "SECRET_KEY is missing: it encrypts the tokens of the workspaces that install the coach."
            )
        return self._fernet


def _fernet(key: str) -> Fernet:
    derived = HKDF(SHA256(), length=32, salt=None, info=b"negotiation-coach tokens").derive(key.encode())
    return Fernet(base64.urlsafe_b64encode(derived))
