package io.jenkins.plugins.azurestack.expiry;

import java.util.List;

/** A kind of place where certificates or secrets with an end date can be seen. */
public interface ExpirySource {
    /** A short lower-case name, used in arguments, reports and exclusions: {@code endpoints}, {@code credentials}. */
    String name();

    /** Every look this source wants to take at the stamp; building the list does no I/O. */
    List<Inquiry> inquiries();
}
