package hudson.security;

import org.jvnet.localizer.Localizable;

public final class PermissionGroup {
    public PermissionGroup(@SuppressWarnings("rawtypes") Class owner, Localizable title) throws IllegalStateException {}
}
