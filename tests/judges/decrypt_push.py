"""Judges push messages with code that is not ours: http_ece decrypts it, py_vapid verifies it.

Reads JSON on stdin, a list of:
  endpoint_origin  the push service the message was posted to, such as http://127.0.0.1:9000
  headers          the request's headers by name
  body_base64      the request's body
  private_key      the browser's private key: base64url of the scalar, or PEM
  auth             the browser's authentication secret: base64url
Prints JSON, a list of {"plaintext", "vapid_claims"}. Whatever does not verify ends it with a sentence and status 1.
Needs the PyPI packages http_ece and py_vapid.
"""

import base64
import json
import sys
import time

import http_ece
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from py_vapid import Vapid02

A_DAY = 24 * 60 * 60


def judge(message):
    headers = {name.lower(): value for name, value in message["headers"].items()}
    require(headers.get("content-encoding") == "aes128gcm", "Content-Encoding is not aes128gcm.")
    require(headers.get("ttl", "").isdigit(), "TTL is missing or not a number of seconds.")
    claims = verified_claims(headers.get("authorization", ""), message["endpoint_origin"])
    return {"plaintext": decrypted(message), "vapid_claims": claims}


def verified_claims(authorization, origin):
    require(authorization.startswith("vapid "), "Authorization is not of the scheme vapid.")
    pairs = (part.strip().partition("=") for part in authorization[len("vapid "):].split(","))
    parts = {name: value for name, _, value in pairs}
    require({"t", "k"} <= parts.keys(), "Authorization lacks t or k.")
    token, key = parts["t"], parts["k"]
    require(token.count(".") == 2, "The token has not three parts.")
    signed, _, signature = token.rpartition(".")
    head, claims = (json.loads(unpadded(part)) for part in signed.split("."))
    require(head.get("alg") == "ES256", "The token is not signed with ES256.")
    require(len(unpadded(signature)) == 64, "The signature has not 64 bytes.")
    require(py_vapid_agrees(token, key), "The signature does not fit the key k.")
    require(claims.get("aud") == origin, f"aud is {claims.get('aud')!r}, not {origin!r}.")
    left = claims.get("exp", 0) - time.time()
    require(0 < left <= A_DAY, f"exp is {left:.0f} seconds from now, not within a day.")
    subject = claims.get("sub", "")
    require(subject.startswith(("mailto:", "https:")), f"sub {subject!r} is no contact.")
    return claims


def py_vapid_agrees(token, key):
    # Its parser wants the two parameters without the space that RFC 9110 allows between them.
    try:
        return Vapid02.verify(f"vapid t={token},k={key}")
    except Exception as error:  # whatever it says, it did not agree
        raise Failed(f"py_vapid cannot verify the token: {error!r}.") from error


def decrypted(message):
    body = base64.b64decode(message["body_base64"])
    try:
        plain = http_ece.decrypt(
            body,
            private_key=private_key(message["private_key"]),
            auth_secret=unpadded(message["auth"]),
            version="aes128gcm",
        )
    except http_ece.ECEException as error:
        raise Failed(f"http_ece cannot decrypt the body: {error}.") from error
    return plain.decode("utf-8")


def private_key(written):
    if written.lstrip().startswith("-----BEGIN"):
        return serialization.load_pem_private_key(written.encode(), password=None)
    return ec.derive_private_key(int.from_bytes(unpadded(written), "big"), ec.SECP256R1())


def unpadded(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def require(holds, sentence):
    if not holds:
        raise Failed(sentence)


class Failed(Exception):
    """What did not verify, as a sentence."""


if __name__ == "__main__":
    try:
        print(json.dumps([judge(message) for message in json.load(sys.stdin)]))
    except Failed as failed:
        sys.exit(str(failed))
    except (KeyError, ValueError, TypeError) as error:
        sys.exit(f"The message cannot be read: {error!r}.")
