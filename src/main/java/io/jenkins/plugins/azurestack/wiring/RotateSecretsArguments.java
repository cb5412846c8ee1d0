package io.jenkins.plugins.azurestack.wiring;

import io.jenkins.plugins.azurestack.change.Condition;
import io.jenkins.plugins.azurestack.journal.RotationId;
import io.jenkins.plugins.azurestack.rotation.RotationCondition;
import io.jenkins.plugins.azurestack.rotation.RotationLimits;
import io.jenkins.plugins.azurestack.rotation.RotationScope;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import io.jenkins.plugins.azurestack.stamp.Rejected;
import io.jenkins.plugins.azurestack.stamp.StoredCertificate;
import io.jenkins.plugins.azurestack.stamp.Text;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The arguments of {@code azsRotateSecrets} as somebody wrote them, checked alone and together.
 *
 * @param scope {@code external} or {@code internal}; empty where the plan or the rotation says it
 * @param plan whether a plan is to be made
 * @param approvedPlan the id of the plan that is to be carried out; empty if none is
 * @param reason {@code compromise}, or empty
 * @param acceptUnknown words of {@link RotationCondition} whose being unknown is accepted
 * @param resume the id of the rotation that is to be gone on with; empty if none is
 * @param rerun whether that one is to be run again
 * @param certificates in place of the configured ones of their folders
 * @param timeout seconds to wait for the action plan; 0 for what suits the scope
 */
public record RotateSecretsArguments(
        String scope,
        boolean plan,
        String approvedPlan,
        String reason,
        List<String> acceptUnknown,
        String resume,
        boolean rerun,
        List<StoredCertificate> certificates,
        int timeout) {
    private static final String COMPROMISE = "compromise";
    private static final Duration PLANNING = Duration.ofHours(1);

    /** @throws Rejected naming the argument that cannot be used, or not with the others */
    public RotateSecretsArguments {
        scope = text(scope);
        approvedPlan = text(approvedPlan);
        reason = text(reason);
        resume = text(resume);
        acceptUnknown = acceptUnknown.stream()
                .map(RotateSecretsArguments::text)
                .filter(word -> !word.isEmpty())
                .toList();
        certificates = List.copyOf(certificates);
        Objects.requireNonNull(new PlanArguments(plan, approvedPlan, resume, timeout));
        requireScope(scope, plan);
        requireReason(reason, plan, scope);
        PlanArguments.requireAcceptable(RotationCondition.class, acceptUnknown, plan);
        requireRerun(rerun, resume);
        requireCertificates(certificates, plan, scope);
    }

    private static String text(final String value) {
        return value == null ? "" : value.trim();
    }

    private static void requireScope(final String scope, final boolean plan) {
        if (scope.isEmpty() && plan) {
            throw new Rejected("scope", "is missing; a plan is for 'external' or for 'internal' secrets");
        }
        if (!scope.isEmpty() && RotationScope.named(scope).isEmpty()) {
            throw new Rejected("scope", "'" + Text.printable(scope) + "' is not 'external' or 'internal'");
        }
    }

    private static void requireReason(final String reason, final boolean plan, final String scope) {
        if (reason.isEmpty()) {
            return;
        }
        if (!COMPROMISE.equalsIgnoreCase(reason)) {
            throw new Rejected("reason", "'" + Text.printable(reason) + "' is not '" + COMPROMISE + "'");
        }
        if (!plan) {
            throw new Rejected("reason", "belongs to the plan, which is approved with it; give it with plan: true");
        }
        if (!RotationScope.INTERNAL.word().equalsIgnoreCase(scope)) {
            throw new Rejected("reason", "is for internal rotations; an external one is asked for by its certificates");
        }
    }

    private static void requireRerun(final boolean rerun, final String resume) {
        if (rerun && resume.isEmpty()) {
            throw new Rejected("rerun", "needs the rotation that has failed: resume: '<id>', rerun: true");
        }
    }

    private static void requireCertificates(
            final List<StoredCertificate> certificates, final boolean plan, final String scope) {
        if (certificates.isEmpty()) {
            return;
        }
        if (!plan || !RotationScope.EXTERNAL.word().equalsIgnoreCase(scope)) {
            throw new Rejected(
                    "certificates", "belong to an external plan, which remembers them; give them with plan: true");
        }
        final Set<CertificateFolder> folders = EnumSet.noneOf(CertificateFolder.class);
        for (final StoredCertificate certificate : certificates) {
            if (!certificate.folder().isRotatedByStamp()) {
                throw new Rejected(
                        "certificates",
                        "folder '" + certificate.folder().folderName()
                                + "' is not rotated by the stamp: its certificate is given to its resource provider");
            }
            if (!folders.add(certificate.folder())) {
                throw new Rejected(
                        "certificates", "folder '" + certificate.folder().folderName() + "' is there twice");
            }
        }
    }

    /** What is asked for. */
    public PlanArguments asked() {
        return new PlanArguments(plan, approvedPlan, resume, timeout);
    }

    /** The id of the plan or rotation that is gone on with. */
    RotationId id() {
        return asked().id();
    }

    Optional<RotationScope> rotationScope() {
        return RotationScope.named(scope);
    }

    boolean isCompromise() {
        return !reason.isEmpty();
    }

    Set<RotationCondition> accepted() {
        return Condition.allNamed(RotationCondition.class, acceptUnknown);
    }

    /** How long the step may wait in all: what was given, or else what suits the scope. A plan waits an hour. */
    public Duration longestWait() {
        if (plan) {
            return PLANNING;
        }
        final boolean internal = RotationScope.named(scope)
                        .filter(named -> named == RotationScope.INTERNAL)
                        .isPresent()
                || id().value().contains("-" + RotationScope.INTERNAL.word() + "-");
        return asked().patience()
                .orElseGet(() -> RotationLimits.of(internal ? RotationScope.INTERNAL : RotationScope.EXTERNAL)
                        .follow());
    }
}
