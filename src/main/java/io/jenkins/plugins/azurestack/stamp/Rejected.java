package io.jenkins.plugins.azurestack.stamp;

/**
 * Says that a value somebody typed cannot be used: which field, why, and what would be accepted.
 * Nothing was changed when this is thrown.
 */
public class Rejected extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String field;

    /**
     * @param field the name of the field as the user writes it, for example {@code externalFqdn}
     * @param message what is wrong and what would be right; must not hold a secret
     */
    public Rejected(final String field, final String message) {
        super(field + ": " + message);
        this.field = field;
    }

    /** The name of the field, as the user writes it. */
    public String field() {
        return field;
    }
}
