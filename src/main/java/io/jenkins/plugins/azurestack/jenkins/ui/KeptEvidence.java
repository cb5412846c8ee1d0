package io.jenkins.plugins.azurestack.jenkins.ui;

import io.jenkins.plugins.azurestack.wiring.Evidence;
import io.jenkins.plugins.azurestack.wiring.PageApproval;
import java.time.Instant;
import java.util.Optional;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** What a build keeps of one file of evidence in its own record; the file has the rest. Immutable. */
@ExportedBean(defaultVisibility = 2)
public final class KeptEvidence {
    private final String file;
    private final String kind;
    private final String id;
    private final String stamp;
    private final String state;
    private final String summary;
    private final String next;
    private final long daysLeft;
    /** ISO 8601; empty if it is not known. */
    private final String at;
    /** ISO 8601; empty for what is no plan. */
    private final String expires;

    private final boolean open;
    private final String hash;

    KeptEvidence(final Evidence evidence) {
        this.file = evidence.file();
        this.kind = evidence.kind();
        this.id = evidence.id();
        this.stamp = evidence.stamp();
        this.state = evidence.state();
        this.summary = evidence.summary();
        this.next = evidence.next();
        this.daysLeft = evidence.daysLeft();
        this.at = evidence.at().map(Instant::toString).orElse("");
        this.expires = evidence.expires().map(Instant::toString).orElse("");
        this.open = evidence.open();
        this.hash = evidence.hash();
    }

    /** The name of the file. */
    @Exported
    public String getFile() {
        return text(file);
    }

    /** {@code check}, {@code plan}, {@code rotation}, or another word. */
    @Exported
    public String getKind() {
        return text(kind);
    }

    /** Of the plan or rotation; empty for a check. */
    @Exported
    public String getId() {
        return text(id);
    }

    @Exported
    public String getStamp() {
        return text(stamp);
    }

    /** A check's severity, or where a plan or rotation stands. */
    @Exported
    public String getState() {
        return text(state);
    }

    @Exported
    public String getSummary() {
        return text(summary);
    }

    /** What ends first, by name; empty for what is no check, or if nothing is known. */
    @Exported
    public String getNext() {
        return text(next);
    }

    /** Whole days until then; -1 if that is not known. */
    @Exported
    public long getDaysLeft() {
        return daysLeft;
    }

    @Exported
    public String getAt() {
        return text(at);
    }

    @Exported
    public String getExpires() {
        return text(expires);
    }

    /** SHA-256 of what a plan is approved for. */
    @Exported
    public String getHash() {
        return text(hash);
    }

    boolean isPlan() {
        return getKind().endsWith(Evidence.PLAN) && !getExpires().isEmpty();
    }

    /** A plan as whoever decides about approvals wants it; empty for what is none. */
    Optional<PageApproval.Planned> planned() {
        return isPlan()
                ? Optional.of(new PageApproval.Planned(getId(), getHash(), open, Instant.parse(expires)))
                : Optional.empty();
    }

    /** A build of an older version has less. */
    private static String text(final String value) {
        return value == null ? "" : value;
    }
}
