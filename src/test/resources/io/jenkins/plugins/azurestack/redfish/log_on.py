# Logs on to a BMC with sushy, by a session, once: URL CA USER PASSWORD
import sys

import sushy
from sushy import exceptions

url, ca, user, password = sys.argv[1:]
try:
    sushy.Sushy(url, username=user, password=password, verify=ca).get_system()
    print("accepted")
except exceptions.AccessError:
    print("refused")
