"""Debian's python3-winrm with requests-ntlm, which opens a command shell.

Usage: winrm_client.py URL TRANSPORT USER PASSWORD [CA]
Prints "FAULT <code>: <message>" if a shell is refused with a fault, "REFUSED" if the logon is, "SHELL <id>" if neither.
"""

import sys

from winrm.exceptions import InvalidCredentialsError, WinRMError, WinRMTransportError
from winrm.protocol import Protocol

protocol = Protocol(
    endpoint=sys.argv[1],
    transport=sys.argv[2],
    username=sys.argv[3],
    password=sys.argv[4],
    server_cert_validation="validate",
    ca_trust_path=sys.argv[5] if len(sys.argv) > 5 else None,
)
try:
    print("SHELL", protocol.open_shell())
except InvalidCredentialsError:
    print("REFUSED")
except WinRMTransportError as error:
    print("STATUS", error.code, error.response_text)
except WinRMError as error:
    print("FAULT", getattr(error, "code", ""), error)
