"""Verifies an audit trail as an auditor with the key would: verify_trail.py <trail> <key as text>; prints seconds."""
import hashlib
import hmac
import json
import sys
import time

start = time.perf_counter()
key = sys.argv[2].encode()
head = None
count = -1
with open(sys.argv[1], "rb") as trail:
    for line in trail:
        mac, text = line[:-1].split(b" ", 1)
        assert mac == hmac.digest(key, text, "sha256").hex().encode()
        record = json.loads(text)
        count += 1
        assert count == 0 or (record["n"] == count and record["prev"].encode() == head)
        head = mac
print(time.perf_counter() - start)
