package io.jenkins.plugins.azurestack.wiring;

/** Looks at the certificate that every endpoint of the stamp serves. */
public final class EndpointSource {
    /** The source's name. */
    public static final String NAME = "endpoints";

    private EndpointSource() {}
}
