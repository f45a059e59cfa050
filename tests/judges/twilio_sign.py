"""Signs a hook as Twilio's own SDK does (PyPI `twilio`), so that our check is judged by somebody else's code.

stdin:  one JSON object per line: {"token": ..., "url": ..., "params": [[name, value], ...], "algorithm": "HMAC_SHA1"}
        ("algorithm" may be absent; "body" in place of "params" is a JSON body, signed by the hash in the URL)
stdout: one signature per line
"""

import json
import sys

from twilio.request_validator import RequestValidator


class Fields:
    """Repeated names are kept, as a web framework hands them to the SDK."""

    def __init__(self, pairs):
        self.pairs = [(name, value) for name, value in pairs]

    def __iter__(self):
        return (name for name, _ in self.pairs)

    def __len__(self):
        return len(self.pairs)

    def getall(self, name):
        return [value for other, value in self.pairs if other == name]


def signature(request):
    validator = RequestValidator(request["token"])
    url, algorithm = request["url"], request.get("algorithm")
    if "body" in request:
        url += ("&" if "?" in url else "?") + "bodySHA256=" + validator.compute_hash(request["body"])
        return validator.compute_signature(url, {}, algorithm)
    return validator.compute_signature(url, Fields(request["params"]), algorithm)


for line in sys.stdin:
    if line.strip():
        print(signature(json.loads(line)), flush=True)
