"""Times sealed round trips of pywinrm.  Usage: pywinrm_round_trips.py URL USER PASSWORD ENVELOPE_FILE WARMUP COUNT

Prints a line when it is warm, then the nanoseconds that COUNT round trips took, by the clock and of processor time.
NTLM's MD4 needs OpenSSL's legacy provider: see legacy.cnf.
"""

import sys
import time

from winrm.transport import Transport

url, user, password, file, warmup, count = sys.argv[1:]
with open(file, "rb") as envelope_file:
    envelope = envelope_file.read()
transport = Transport(
    endpoint=url,
    username=user,
    password=password,
    auth_method="ntlm",
    message_encryption="always",
    read_timeout_sec=60,
)
for _ in range(int(warmup)):
    transport.send_message(envelope)
print("warm", flush=True)
processor = time.process_time_ns()
begin = time.perf_counter_ns()
for _ in range(int(count)):
    transport.send_message(envelope)
print(time.perf_counter_ns() - begin, time.process_time_ns() - processor)
