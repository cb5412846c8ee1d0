package io.jenkins.plugins.azurestack.simulator.arm;

import io.jenkins.plugins.azurestack.simulator.http.HttpAnswer;
import java.time.Instant;

/** How an authority that issues tokens is addressed, and the words it answers in. Thread-safe. */
interface Authority {
    /** Where tokens are asked for. */
    String tokenUrl();

    /** Who its tokens say issued them. */
    String issuer();

    boolean isTokenPath(String path);

    boolean isConfigurationPath(String path);

    /** To a path that leads nowhere. */
    HttpAnswer unknownPath(String path, Instant now);

    /** To a request that lacks a parameter. */
    HttpAnswer missing(String parameter, Instant now);

    /** To another grant than that of client credentials. */
    HttpAnswer unsupportedGrant(String grant, Instant now);

    /** To a resource that it knows nothing of. */
    HttpAnswer unknownResource(String resource, Instant now);

    /** To a client that did not prove who it is. */
    HttpAnswer refused(ClientProof proof, Instant now);

    /** To one that did. */
    HttpAnswer granted(String token, String resource, Instant from, Instant until);
}
