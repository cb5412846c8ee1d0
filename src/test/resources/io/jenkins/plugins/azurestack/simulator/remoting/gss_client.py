"""A WinRM client whose NTLM is gss-ntlmssp, a C implementation by other authors.

Usage: gss_client.py DIRECTORY URL MECHANISM BINDING [CA]
DIRECTORY holds the file "users" (DOMAIN:user:password per line), of which the first is used. MECHANISM is "ntlm" or
"spnego"; BINDING is "none", "right" or "wrong". Logs on, identifies the service three times, sealed where there is no
TLS, and prints "STATUS n" for the logon and "VENDOR text" for each answer.
"""

import base64
import hashlib
import http.client
import os
import re
import ssl
import struct
import sys
from urllib.parse import urlsplit

os.environ["NTLM_USER_FILE"] = os.path.join(sys.argv[1], "users")
import gssapi  # noqa: E402  (reads the environment)
from gssapi.raw import ChannelBindings  # noqa: E402

MECHANISMS = {
    "ntlm": gssapi.OID.from_int_seq("1.3.6.1.4.1.311.2.2.10"),
    "spnego": gssapi.OID.from_int_seq("1.3.6.1.5.5.2"),
}
IDENTIFY = (
    '<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"'
    ' xmlns:wsmid="http://schemas.dmtf.org/wbem/wsman/identify/1/wsmanidentity.xsd">'
    "<s:Header/><s:Body><wsmid:Identify/></s:Body></s:Envelope>"
).encode()
SEALED = (
    'multipart/encrypted;protocol="application/HTTP-SPNEGO-session-encrypted";boundary="Encrypted Boundary"'
)

url = urlsplit(sys.argv[2])
mechanism = MECHANISMS[sys.argv[3]]
tls = url.scheme == "https"
with open(os.environ["NTLM_USER_FILE"]) as file:
    domain, user, _ = file.readline().rstrip("\n").split(":")


def connect():
    if not tls:
        return http.client.HTTPConnection(url.hostname, url.port)
    return http.client.HTTPSConnection(
        url.hostname, url.port, context=ssl.create_default_context(cafile=sys.argv[5])
    )


def binding():
    if sys.argv[4] == "none":
        return None
    der = connection.sock.getpeercert(binary_form=True)
    if sys.argv[4] == "wrong":
        der = b"another" + der
    return ChannelBindings(application_data=b"tls-server-end-point:" + hashlib.sha256(der).digest())


def post(headers, body):
    connection.request("POST", url.path, body=body, headers=headers)
    response = connection.getresponse()
    return response, response.read()


connection = connect()
connection.connect()
name = gssapi.Name("%s\\%s" % (domain, user), gssapi.NameType.user)
context = gssapi.SecurityContext(
    name=gssapi.Name("HTTP@%s" % url.hostname, gssapi.NameType.hostbased_service),
    creds=gssapi.Credentials(name=name, usage="initiate", mechs=[mechanism]),
    mech=mechanism,
    flags=[
        gssapi.RequirementFlag.integrity,
        gssapi.RequirementFlag.confidentiality,
        gssapi.RequirementFlag.mutual_authentication,
    ],
    channel_bindings=binding(),
    usage="initiate",
)
token = context.step()
while True:
    response, _ = post({"Authorization": "Negotiate " + base64.b64encode(token).decode(), "Content-Length": "0"}, b"")
    challenge = re.search(r"Negotiate (\S+)", response.getheader("WWW-Authenticate") or "")
    token = context.step(base64.b64decode(challenge.group(1))) if challenge else None
    if not token or response.status != 401:
        break
print("STATUS", response.status, flush=True)
if response.status != 200:
    sys.exit(0)
for _ in range(3):
    if tls:
        response, body = post({"Content-Type": "application/soap+xml;charset=UTF-8"}, IDENTIFY)
    else:
        sealed = context.wrap(IDENTIFY, True).message
        head = (
            "--Encrypted Boundary\r\n\tContent-Type: application/HTTP-SPNEGO-session-encrypted\r\n"
            "\tOriginalContent: type=application/soap+xml;charset=UTF-8;Length=%d\r\n"
            "--Encrypted Boundary\r\n\tContent-Type: application/octet-stream\r\n" % len(IDENTIFY)
        ).encode()
        response, body = post(
            {"Content-Type": SEALED}, head + struct.pack("<I", 16) + sealed + b"--Encrypted Boundary--\r\n"
        )
        length = int(re.search(rb"Length=(\d+)", body).group(1))
        start = body.index(b"application/octet-stream\r\n") + len(b"application/octet-stream\r\n") + 4
        body = context.unwrap(body[start : start + 16 + length]).message
    print("VENDOR", re.search(rb"ProductVendor>([^<]*)<", body).group(1).decode(), flush=True)
