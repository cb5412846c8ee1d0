package io.jenkins.plugins.azurestack.simulator.pep;

import io.jenkins.plugins.azurestack.powershell.clixml.PsObject;
import io.jenkins.plugins.azurestack.powershell.clixml.PsPrimitive;
import io.jenkins.plugins.azurestack.powershell.clixml.PsValue;
import io.jenkins.plugins.azurestack.powershell.clixml.TypeNames;
import io.jenkins.plugins.azurestack.simulator.remoting.Cmdlet;
import io.jenkins.plugins.azurestack.simulator.remoting.Invocation;
import io.jenkins.plugins.azurestack.simulator.remoting.Streams;
import io.jenkins.plugins.azurestack.simulator.world.Identity;
import io.jenkins.plugins.azurestack.simulator.world.InternalSecret;
import io.jenkins.plugins.azurestack.simulator.world.World;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;

/** {@code Get-AzureStackStampInformation}, with the properties that public code reads and the root certificates. */
final class GetAzureStackStampInformation implements Cmdlet {
    private static final List<String> OBJECT = List.of("System.Management.Automation.PSCustomObject", "System.Object");
    private static final List<String> CERTIFICATE = List.of(
            "System.Security.Cryptography.X509Certificates.X509Certificate2",
            "System.Security.Cryptography.X509Certificates.X509Certificate",
            "System.Object");
    private static final Duration ROOT_LASTS = Duration.ofDays(5 * 365);

    private final World world;
    private final Pace pace;

    GetAzureStackStampInformation(final World world, final Pace pace) {
        this.world = world;
        this.pace = pace;
    }

    @Override
    public String name() {
        return "Get-AzureStackStampInformation";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of();
    }

    @Override
    public void run(final Invocation invocation, final Streams streams) throws InterruptedException {
        world.time().awaitUntil(world.time().now().plus(pace.question()));
        world.actionPlans().settle();
        final String domain = world.stamp().domain();
        final Identity identity = world.identity();
        final PsObject.Builder information = PsObject.builder()
                .types(OBJECT)
                .extended("DeploymentID", id("deployment"))
                .extended("CloudID", id("cloud"))
                .extended("StampVersion", world.version())
                .extended("RegionName", world.stamp().region())
                .extended("ExternalDomainFQDN", domain)
                .extended("DomainFQDN", identity.internalDomain())
                .extended("DomainNetBIOSName", identity.netBiosName())
                .extended("AADTenantID", identity.tenant())
                .extended("TimeZone", "UTC")
                .extended(
                        "EmergencyConsoleIPAddresses",
                        list(World.PRIVILEGED_ENDPOINTS.stream()
                                .map(PsPrimitive::of)
                                .toList()))
                .extended(
                        "TenantExternalEndpoints",
                        PsObject.builder()
                                .types(OBJECT)
                                .extended("TenantResourceManager", "https://management." + domain)
                                .build())
                .extended(
                        "AdminExternalEndpoints",
                        PsObject.builder()
                                .types(OBJECT)
                                .extended("AdminResourceManager", "https://adminmanagement." + domain)
                                .build());
        if (Since.ROOT_ROTATED.in(world)) {
            information.extended(
                    "RootCACertificates",
                    // Not in order: the documentation tells its readers to sort them.
                    list(Stream.concat(
                                    Stream.of(world.internalSecrets().root()),
                                    world.internalSecrets().formerRoots().stream())
                            .map(GetAzureStackStampInformation::certificate)
                            .toList()));
        }
        streams.output(information.build());
    }

    private static PsObject certificate(final InternalSecret root) {
        return PsObject.builder()
                .types(CERTIFICATE)
                .adapted("NotAfter", PsPrimitive.of(root.ends()))
                .adapted("NotBefore", PsPrimitive.of(root.ends().minus(ROOT_LASTS)))
                .adapted("Thumbprint", PsPrimitive.of(root.thumbprint()))
                .adapted("SerialNumber", PsPrimitive.of(root.thumbprint().toLowerCase(Locale.ROOT)))
                .adapted("Subject", PsPrimitive.of(root.subject()))
                .adapted("Issuer", PsPrimitive.of(root.issuer()))
                .adapted("HasPrivateKey", PsPrimitive.of(false))
                .build();
    }

    private static PsObject list(final List<? extends PsValue> items) {
        return PsObject.list(TypeNames.OBJECT_ARRAY, items);
    }

    private String id(final String of) {
        return UUID.nameUUIDFromBytes((of + world.stamp().domain()).getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}
