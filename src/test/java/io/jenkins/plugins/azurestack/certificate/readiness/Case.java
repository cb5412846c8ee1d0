package io.jenkins.plugins.azurestack.certificate.readiness;

import io.jenkins.plugins.azurestack.stamp.CertificateFolder;
import io.jenkins.plugins.azurestack.stamp.IdentityProvider;
import io.jenkins.plugins.azurestack.stamp.ResourceProvider;
import io.jenkins.plugins.azurestack.stamp.Stamp;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A file of the table and what it is held against.
 *
 * @param name of what is special about it
 * @param reason of the one check that does not pass; null for a good file
 * @param check the one that does not pass; null for a good file
 */
record Case(
        String name,
        ReadinessCheck check,
        Reason reason,
        Maker maker,
        String password,
        CertificateFolder folder,
        ReadinessSettings settings,
        CrlProbe crl) {

    static final String FROM = "the tests";
    static final Stamp STAMP = new Stamp(
            "east",
            "east",
            "azurestack.contoso.com",
            IdentityProvider.ADFS,
            Set.of(ResourceProvider.APP_SERVICES, ResourceProvider.CONTAINER_REGISTRY),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Set.of());

    private static final ReadinessSettings SETTINGS =
            new ReadinessSettings(ClientAuthentication.WARNED_OF, ReadinessSettings.LEAST_VALIDITY);

    /** Makes the file. */
    @FunctionalInterface
    interface Maker {
        byte[] make(PfxTools tools) throws Exception;
    }

    static Case good(final String name, final Maker maker) {
        return bad(name, null, null, maker);
    }

    static Case bad(final String name, final ReadinessCheck check, final Reason reason, final Maker maker) {
        return new Case(
                name,
                check,
                reason,
                maker,
                Pfx.PASSWORD,
                CertificateFolder.PUBLIC_PORTAL,
                SETTINGS,
                answering(Recipe.revocationList(Keys.rsa("issuing"), Recipe.NOW.plus(Duration.ofDays(7)))));
    }

    static CrlProbe answering(final byte[] content) {
        return saying(new CrlProbe.Result.Served(content));
    }

    static CrlProbe saying(final CrlProbe.Result result) {
        return url -> new CrlProbe.Answer(FROM, result);
    }

    Case with(final CrlProbe other) {
        return new Case(name, check, reason, maker, password, folder, settings, other);
    }

    Case in(final CertificateFolder other) {
        return new Case(name, check, reason, maker, password, other, settings, crl);
    }

    Case asking(final ClientAuthentication other) {
        return new Case(
                name,
                check,
                reason,
                maker,
                password,
                folder,
                new ReadinessSettings(other, settings.leastValidity()),
                crl);
    }

    Case openedWith(final String other) {
        return new Case(name, check, reason, maker, other, folder, settings, crl);
    }

    PfxReadiness judge(final PfxTools tools) throws Exception {
        return PfxReadiness.of(maker.make(tools), password.toCharArray(), folder, STAMP, Recipe.NOW, settings, crl);
    }

    @Override
    public String toString() {
        return name;
    }
}
