package io.jenkins.plugins.azurestack.wiring;

import java.util.Optional;

/**
 * Writes credentials back to where a credential of the stamp already is. That other credential, {@code beside}, fixes
 * store, domain and scope of what is written. Only ids that the run was allowed are written ({@link WritableIds}), and
 * never over a credential of another type, nor past one of the same id elsewhere.
 *
 * <p>A store can say that it wrote and be wrong: the caller reads back through {@link SecretLookup} before anything
 * depends on it. A write that failed is not repeated here. Every use is recorded with the build. For one thread at a
 * time.
 */
public interface CredentialWriter {
    /**
     * Why nothing can be created, changed or deleted beside a credential; empty if it can, as far as the store tells.
     *
     * @param beside a credential's id
     * @return one sentence with what to do next: no such credential, a store that can't be written, a permission that
     *     this run lacks
     */
    Optional<String> obstacle(String beside);

    /**
     * Creates or replaces a user name with password. Scope, user name and description are those of {@code beside}.
     *
     * @param id the credential to write; may be {@code beside} itself
     * @param beside a user name with password
     * @param password is read only; the caller wipes it
     * @throws NotWrittenException if it was refused, failed, or nobody can tell
     */
    void login(String id, String beside, char[] password) throws NotWrittenException;

    /**
     * Creates or replaces a secret file.
     *
     * @param id the credential to write; may be {@code beside} itself
     * @param beside a credential of any type
     * @param fileName a plain file name
     * @param content is read only; the caller wipes it
     * @param description for people; without secrets
     * @throws NotWrittenException if it was refused, failed, or nobody can tell
     */
    void file(String id, String beside, String fileName, byte[] content, String description) throws NotWrittenException;

    /**
     * Creates or replaces a secret text.
     *
     * @param id the credential to write; may be {@code beside} itself
     * @param beside a credential of any type
     * @param secret is read only; the caller wipes it
     * @param description for people; without secrets
     * @throws NotWrittenException if it was refused, failed, or nobody can tell
     */
    void secret(String id, String beside, char[] secret, String description) throws NotWrittenException;

    /**
     * Deletes a credential that is in the store and domain of {@code beside}. One that is not there is no error.
     *
     * @param id the credential to delete; not {@code beside} itself
     * @param beside a credential of any type
     * @throws NotWrittenException if it was refused, failed, or nobody can tell
     */
    void delete(String id, String beside) throws NotWrittenException;
}
