"""Reads a journal and an audit trail with nothing but docs/journal.md in hand.

verify.py <journal> <audit trail> <key as text>
"""
import hashlib
import hmac
import json
import sys


def crc32c(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = (crc >> 1) ^ (0x82F63B78 if crc & 1 else 0)
    return crc ^ 0xFFFFFFFF


def lines(path):
    with open(path, "rb") as file:
        content = file.read()
    assert content.endswith(b"\n"), "torn"
    for line in content[:-1].split(b"\n"):
        yield line.split(b" ", 1)


def journal(path):
    records = -1
    unfinished = set()
    for check, text in lines(path):
        assert check == b"%08x" % crc32c(text)
        record = json.loads(text)
        records += 1
        if records == 0:
            assert record["journal"] == 1
            continue
        assert record["n"] == records
        if record["kind"] == "intent":
            unfinished.add(record["call"])
        elif record["kind"] == "result":
            unfinished.remove(record["call"])
    print("journal", records, ",".join(sorted(unfinished)))


def audit(path, key):
    records = -1
    head = None
    for mac, text in lines(path):
        assert mac == hmac.new(key, text, hashlib.sha256).hexdigest().encode()
        record = json.loads(text)
        records += 1
        if records == 0:
            assert record["audit"] == 1
        else:
            assert record["n"] == records and record["prev"].encode() == head
        head = mac
    print("audit %d:%s" % (records, head.decode()))


journal(sys.argv[1])
audit(sys.argv[2], sys.argv[3].encode())
