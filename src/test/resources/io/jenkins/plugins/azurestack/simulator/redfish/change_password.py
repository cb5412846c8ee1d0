# Changes a password over Redfish with sushy, then logs in anew: URL CA USER OLD NEW
import sys

import sushy
from sushy import exceptions

url, ca, user, old, new = sys.argv[1:]

bmc = sushy.Sushy(url, username=user, password=old, verify=ca)
print("session", bmc._auth.get_session_resource_id())
print("manager", bmc.get_manager().model)
service = bmc._conn.get("/redfish/v1/AccountService").json()
for member in bmc._conn.get(service["Accounts"]["@odata.id"]).json()["Members"]:
    response = bmc._conn.get(member["@odata.id"])
    account = response.json()
    if account["UserName"] == user:
        etag = response.headers.get("ETag") or account["@odata.etag"]
        changed = bmc._conn.patch(member["@odata.id"], data={"Password": new}, etag=etag)
        print("changed", changed.status_code)
        break

anew = sushy.Sushy(url, username=user, password=new, verify=ca)
print("system", anew.get_system().identity)
try:
    sushy.Sushy(url, username=user, password=old, verify=ca).get_system()
    print("old password accepted")
except exceptions.AccessError:
    print("old password refused")
