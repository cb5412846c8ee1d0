"""A WinRM look-alike on loopback whose NTLM is gss-ntlmssp, a C implementation by other authors.

Usage: gss_acceptor.py DIRECTORY [CERTIFICATE KEY]
DIRECTORY must hold the file "users" (DOMAIN:user:password per line). Prints "PORT n" when it listens.
Unseals every request, answers a sealed envelope that relates to it, and prints a line per request:
"REQUEST <connection> <action>". A CERTIFICATE makes it HTTPS with channel binding; the environment variable
WRONG_BINDING=1 makes it expect another certificate's binding.
"""

import base64
import hashlib
import http.server
import os
import re
import socketserver
import ssl
import struct
import sys

os.environ["NTLM_USER_FILE"] = os.path.join(sys.argv[1], "users")
import gssapi  # noqa: E402  (reads the environment)
from gssapi.raw import ChannelBindings  # noqa: E402

NTLM = gssapi.OID.from_int_seq("1.3.6.1.4.1.311.2.2.10")
TLS = len(sys.argv) > 3
BOUNDARY = b"--Encrypted Boundary"
SOAP = "http://www.w3.org/2003/05/soap-envelope"
ADDRESSING = "http://schemas.xmlsoap.org/ws/2004/08/addressing"
SHELL = "http://schemas.microsoft.com/wbem/wsman/1/windows/shell"


def binding():
    """tls-server-end-point of our certificate, whose signature hash is SHA-256."""
    if not TLS:
        return None
    with open(sys.argv[2]) as file:
        der = ssl.PEM_cert_to_DER_cert(file.read())
    if os.environ.get("WRONG_BINDING") == "1":
        der = b"another" + der
    return ChannelBindings(application_data=b"tls-server-end-point:" + hashlib.sha256(der).digest())


def answer(request):
    """The envelope that answers a request."""
    message_id = re.search(r"MessageID>([^<]*)<", request)
    command_id = re.search(r'CommandId="([^"]*)"', request)
    shell_id = re.search(r'ShellId="([^"]*)"', request)
    action = re.search(r"Action[^>]*>([^<]*)<", request)
    name = action.group(1).rsplit("/", 1)[1] if action else "Identify"
    bodies = {
        "Create": '<x:ResourceCreated xmlns:x="http://schemas.xmlsoap.org/ws/2004/09/transfer">'
        "<a:ReferenceParameters><w:SelectorSet xmlns:w=\"http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd\">"
        '<w:Selector Name="ShellId">%s</w:Selector></w:SelectorSet></a:ReferenceParameters></x:ResourceCreated>'
        % (shell_id.group(1) if shell_id else ""),
        "Command": "<rsp:CommandResponse><rsp:CommandId>%s</rsp:CommandId></rsp:CommandResponse>"
        % (command_id.group(1) if command_id else ""),
        "Receive": '<rsp:ReceiveResponse><rsp:Stream Name="stdout">%s</rsp:Stream></rsp:ReceiveResponse>'
        % base64.b64encode(b"output" * 1000).decode(),
        "Identify": '<i:IdentifyResponse xmlns:i="http://schemas.dmtf.org/wbem/wsman/identify/1/wsmanidentity.xsd">'
        "<i:ProductVendor>gss-ntlmssp</i:ProductVendor></i:IdentifyResponse>",
    }
    return (
        '<s:Envelope xmlns:s="%s" xmlns:a="%s" xmlns:rsp="%s"><s:Header><a:RelatesTo>%s</a:RelatesTo></s:Header>'
        "<s:Body>%s</s:Body></s:Envelope>"
        % (SOAP, ADDRESSING, SHELL, message_id.group(1) if message_id else "", bodies.get(name, ""))
    ).encode()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    connections = 0

    def setup(self):
        super().setup()
        Handler.connections += 1
        self.number = Handler.connections
        self.context = None

    def reply(self, status, content_type=None, body=b"", token=None):
        self.send_response(status)
        if token is not None:
            self.send_header("WWW-Authenticate", ("Negotiate " + token).strip())
        if content_type:
            self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        header = self.headers.get("Authorization", "")
        if header.startswith("Negotiate "):
            self.authenticate(base64.b64decode(header[len("Negotiate "):]))
        elif self.context is None or not self.context.complete:
            self.reply(401, token="")
        elif TLS:
            self.serve(body.decode(), "application/soap+xml;charset=UTF-8", lambda envelope: envelope)
        else:
            self.serve(
                self.unseal(body),
                'multipart/encrypted;protocol="application/HTTP-SPNEGO-session-encrypted";boundary="Encrypted Boundary"',
                self.seal,
            )

    def authenticate(self, token):
        try:
            if self.context is None or self.context.complete:
                credentials = gssapi.Credentials(usage="accept", mechs=[NTLM])
                self.context = gssapi.SecurityContext(creds=credentials, usage="accept", channel_bindings=binding())
            out = self.context.step(token)
        except gssapi.exceptions.GSSError as error:
            self.context = None
            print("REFUSED %d %s" % (self.number, str(error).replace("\n", " ")), flush=True)
            self.reply(401, token="")
            return
        if self.context.complete:
            print("LOGON %d %s" % (self.number, self.context.initiator_name), flush=True)
            self.reply(200)
        else:
            self.reply(401, token=base64.b64encode(out).decode())

    def serve(self, request, content_type, protect):
        action = re.search(r"Action[^>]*>([^<]*)<", request)
        print("REQUEST %d %s" % (self.number, action.group(1) if action else "-"), flush=True)
        self.reply(200, content_type, protect(answer(request)))

    def unseal(self, body):
        length = int(re.search(rb"Length=([0-9]+)", body).group(1))
        marker = b"application/octet-stream\r\n"
        at = body.index(marker) + len(marker)
        (signature,) = struct.unpack_from("<I", body, at)
        sealed = body[at + 4:at + 4 + signature + length]
        return self.context.unwrap(sealed).message.decode()

    def seal(self, envelope):
        sealed = self.context.wrap(envelope, True).message
        return (
            BOUNDARY + b"\r\n\tContent-Type: application/HTTP-SPNEGO-session-encrypted\r\n"
            + b"\tOriginalContent: type=application/soap+xml;charset=UTF-8;Length=%d\r\n" % len(envelope)
            + BOUNDARY + b"\r\n\tContent-Type: application/octet-stream\r\n"
            + struct.pack("<I", 16) + sealed + BOUNDARY + b"--\r\n"
        )

    def log_message(self, *arguments):
        pass


class Server(socketserver.ThreadingMixIn, http.server.HTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        print("BROKEN %s" % sys.exc_info()[0].__name__, flush=True)


server = Server(("127.0.0.1", 0), Handler)
if TLS:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(sys.argv[2], sys.argv[3])
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
print("PORT %d" % server.server_address[1], flush=True)
server.serve_forever()
