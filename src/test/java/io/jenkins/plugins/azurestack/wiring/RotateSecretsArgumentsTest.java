package io.jenkins.plugins.azurestack.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.azurestack.rotation.RotationCondition;
import io.jenkins.plugins.azurestack.rotation.RotationScope;
import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import io.jenkins.plugins.azurestack.stamp.Rejected;
import io.jenkins.plugins.azurestack.stamp.StoredCertificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.Test;

public class RotateSecretsArgumentsTest {
    private static final String ID = "east-external-20261126-5k2f8q0c";

    private String scope = "external";
    private boolean plan;
    private String approvedPlan = "";
    private String reason = "";
    private List<String> acceptUnknown = List.of();
    private String resume = "";
    private boolean rerun;
    private final List<StoredCertificate> certificates = new ArrayList<>();
    private int timeout;

    private RotateSecretsArguments arguments() {
        return new RotateSecretsArguments(
                scope, plan, approvedPlan, reason, acceptUnknown, resume, rerun, certificates, timeout);
    }

    @Test
    public void aPlanSaysAllThatIsApproved() {
        plan = true;
        acceptUnknown = List.of(" Exclusive-Operation ", "alerts", "");
        certificates.add(stored(CertificateFolder.ARM_PUBLIC));

        assertThat(arguments().asked().action()).isEqualTo(PlanArguments.Action.PLAN);
        assertThat(arguments().rotationScope()).contains(RotationScope.EXTERNAL);
        assertThat(arguments().accepted())
                .containsExactly(RotationCondition.EXCLUSIVE_OPERATION, RotationCondition.ALERTS);
        assertThat(arguments().certificates()).containsExactly(stored(CertificateFolder.ARM_PUBLIC));
    }

    @Test
    public void anInternalPlanTakesAReason() {
        plan = true;
        scope = "INTERNAL";
        reason = "Compromise";

        assertThat(arguments().isCompromise()).isTrue();
    }

    @Test
    public void aPlanIsCarriedOutAndARotationIsGoneOnWith() {
        approvedPlan = ID;
        timeout = 7200;
        assertThat(arguments().asked().action()).isEqualTo(PlanArguments.Action.APPLY);
        assertThat(arguments().id().value()).isEqualTo(ID);
        assertThat(arguments().asked().patience()).contains(Duration.ofHours(2));

        approvedPlan = null;
        resume = ID;
        rerun = true;
        scope = null;
        timeout = 0;
        assertThat(arguments().asked().action()).isEqualTo(PlanArguments.Action.RESUME);
        assertThat(arguments().asked().patience()).isEmpty();
    }

    @Test
    public void exactlyOneThingIsAskedFor() {
        requireRejected("plan: say what is to be done");
        plan = true;
        approvedPlan = ID;
        requireRejected("plan: give only one of");
        approvedPlan = "";
        resume = ID;
        requireRejected("plan: give only one of");
    }

    @Test
    public void whatBelongsToThePlanIsRefusedElsewhere() {
        approvedPlan = ID;
        acceptUnknown = List.of("alerts");
        requireRejected("acceptUnknown: belongs to the plan");
        acceptUnknown = List.of();
        scope = "internal";
        reason = "compromise";
        requireRejected("reason: belongs to the plan");
        reason = "";
        scope = "";
        certificates.add(stored(CertificateFolder.ARM_PUBLIC));
        requireRejected("certificates: belong to an external plan");
    }

    @Test
    public void whatMeansNothingIsRefusedNamingTheArgument() {
        plan = true;
        scope = "";
        requireRejected("scope: is missing");
        scope = "everything";
        requireRejected("scope: 'everything' is not 'external' or 'internal'");
        scope = "external";
        reason = "compromise";
        requireRejected("reason: is for internal rotations");
        scope = "internal";
        reason = "because";
        requireRejected("reason: 'because' is not 'compromise'");
        reason = "";
        certificates.add(stored(CertificateFolder.ARM_PUBLIC));
        requireRejected("certificates: belong to an external plan");
        scope = "external";
        certificates.add(stored(CertificateFolder.ARM_PUBLIC));
        requireRejected("certificates: folder 'ARM Public' is there twice");
        certificates.clear();
        certificates.add(stored(CertificateFolder.DB_ADAPTER));
        requireRejected("certificates: folder 'DBAdapter' is not rotated by the stamp");
        certificates.clear();
        rerun = true;
        requireRejected("rerun: needs the rotation");
        rerun = false;
        timeout = 60;
        requireRejected("timeout: is how long to wait for a rotation");
        timeout = -1;
        requireRejected("timeout: -1 is not");
        timeout = 604_801;
        requireRejected("timeout: 604801 is not");
        timeout = 0;
        acceptUnknown = List.of("weather");
        requireRejected("acceptUnknown: 'weather' is not one of [exclusive-operation, alerts, endpoints]");
        acceptUnknown = List.of("readiness");
        requireRejected("acceptUnknown: 'readiness' can't be accepted as unknown");
        acceptUnknown = List.of();
        plan = false;
        approvedPlan = "../../etc/passwd";
        requireRejected("approvedPlan: '../../etc/passwd' is not the id");
        approvedPlan = "";
        resume = "East 1";
        requireRejected("resume: 'East 1' is not the id");
    }

    private static StoredCertificate stored(final CertificateFolder folder) {
        return new StoredCertificate(folder, "given", Optional.empty());
    }

    private void requireRejected(final String message) {
        assertThatThrownBy(this::arguments).isInstanceOf(Rejected.class).hasMessageStartingWith(message);
    }
}
