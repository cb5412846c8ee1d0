package io.jenkins.plugins.azurestack.certificate.readiness;

import static io.jenkins.plugins.azurestack.certificate.readiness.AuthorityChange.Support.SUPPORTED;
import static io.jenkins.plugins.azurestack.certificate.readiness.AuthorityChange.Support.UNKNOWN;
import static io.jenkins.plugins.azurestack.certificate.readiness.AuthorityChange.Support.UNSUPPORTED;
import static io.jenkins.plugins.azurestack.certificate.readiness.AuthorityKind.ENTERPRISE;
import static io.jenkins.plugins.azurestack.certificate.readiness.AuthorityKind.PUBLIC;
import static io.jenkins.plugins.azurestack.certificate.readiness.AuthorityKind.SELF_SIGNED;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.azurestack.stamp.StampVersion;
import org.junit.Test;

/** The compatibility matrix of the rotation page, row by row. */
public class AuthorityChangeTest {
    private static final StampVersion V1803 = new StampVersion("1.1803.0.1", 1803);
    private static final StampVersion V1902 = StampVersion.parse("1.1902.0.69");
    private static final StampVersion V1903 = StampVersion.parse("1.1903.0.35");

    private static void assertChange(
            final AuthorityKind from,
            final AuthorityKind to,
            final AuthorityChange.Support in1803,
            final AuthorityChange.Support in1902,
            final AuthorityChange.Support in1903) {
        final AuthorityChange change = new AuthorityChange(from, to, false);
        assertThat(change.support(V1803)).as(change + " in 1803").isEqualTo(in1803);
        assertThat(change.support(V1902)).as(change + " in 1902").isEqualTo(in1902);
        assertThat(change.support(V1903)).as(change + " in 1903").isEqualTo(in1903);
    }

    @Test
    public void theMatrix() {
        assertChange(SELF_SIGNED, ENTERPRISE, UNSUPPORTED, UNSUPPORTED, SUPPORTED);
        assertChange(SELF_SIGNED, PUBLIC, SUPPORTED, SUPPORTED, SUPPORTED);
        assertChange(ENTERPRISE, ENTERPRISE, UNSUPPORTED, UNSUPPORTED, SUPPORTED);
        assertChange(ENTERPRISE, PUBLIC, SUPPORTED, SUPPORTED, SUPPORTED);
        assertChange(PUBLIC, ENTERPRISE, UNSUPPORTED, UNSUPPORTED, SUPPORTED);
        assertChange(PUBLIC, PUBLIC, SUPPORTED, SUPPORTED, SUPPORTED);
        for (final AuthorityKind from : AuthorityKind.values()) {
            assertChange(from, SELF_SIGNED, UNSUPPORTED, UNSUPPORTED, UNSUPPORTED);
        }
    }

    @Test
    public void theSameEnterpriseAuthorityIsSupportedBefore1903() {
        assertThat(new AuthorityChange(ENTERPRISE, ENTERPRISE, true).support(V1803))
                .isEqualTo(SUPPORTED);
    }

    @Test
    public void whatIsNotKnownIsNotSupported() {
        assertChange(AuthorityKind.UNKNOWN, ENTERPRISE, UNKNOWN, UNKNOWN, SUPPORTED);
        assertChange(ENTERPRISE, AuthorityKind.UNKNOWN, UNKNOWN, UNKNOWN, SUPPORTED);
        assertThat(new AuthorityChange(ENTERPRISE, PUBLIC, true).support(StampVersion.UNKNOWN))
                .isEqualTo(UNKNOWN);
    }

    @Test
    public void beforeTheFirstReleaseThatRotatesNothingIsSupported() {
        assertThat(new AuthorityChange(PUBLIC, PUBLIC, true).support(new StampVersion("1.1712.0.1", 1712)))
                .isEqualTo(UNSUPPORTED);
    }
}
