package hudson.model;

import hudson.security.AccessControlled;
import hudson.security.Permission;
import hudson.security.PermissionScope;

public interface Item extends AccessControlled {
    Permission CONFIGURE = new Permission(null, "Configure", null, null, (PermissionScope) null);
    Permission EXTENDED_READ = new Permission(null, "ExtendedRead", null, null, (PermissionScope) null);

    String getFullName();
}
