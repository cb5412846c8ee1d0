package io.jenkins.plugins.azurestack.simulator;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.azurestack.simulator.world.Identity;
import io.jenkins.plugins.azurestack.simulator.world.World;
import io.jenkins.plugins.azurestack.stamp.Endpoint;
import io.jenkins.plugins.azurestack.stamp.Stamp;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.CertificateEncodingException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;

/**
 * Where a running simulated stamp listens and who may use it: as JSON for scripts, and as configuration of a Jenkins.
 * Both hold the passwords of the simulation.
 */
final class Description {
    private final SimulatedStamp simulated;

    Description(final SimulatedStamp simulated) {
        this.simulated = simulated;
    }

    /**
     * Writes the JSON to a file, and a JCasC file beside it that ends in {@code .yaml}. Each is whole once it is there.
     *
     * @return the JCasC file
     */
    Path write(final Path file) throws IOException {
        final Path yaml = file.resolveSibling(name(file).replaceFirst("[.]json$", "") + ".yaml");
        replace(yaml, casc());
        replace(file, json().toPrettyString() + "\n");
        return yaml;
    }

    private static String name(final Path file) {
        return String.valueOf(file.getFileName());
    }

    private static void replace(final Path file, final String text) throws IOException {
        final Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file is in a folder");
        Files.createDirectories(folder);
        final Path fresh = Files.createTempFile(folder, name(file), ".new");
        Files.write(fresh, text.getBytes(StandardCharsets.UTF_8));
        try {
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private ObjectNode json() {
        final Stamp stamp = simulated.stamp();
        final ObjectNode json = new ObjectMapper()
                .createObjectNode()
                .put("name", stamp.name())
                .put("region", stamp.region())
                .put("externalFqdn", stamp.externalFqdn())
                .put("identityProvider", stamp.identityProvider().name())
                .put("version", simulated.world().version())
                .put("certificateAuthority", pem())
                .put("frontEnds", text(simulated.frontEndAddress()));
        final ArrayNode names = json.putArray("names");
        for (final Endpoint endpoint : stamp.endpoints()) {
            names.addObject()
                    .put("name", endpoint.name())
                    .put("port", endpoint.port())
                    .put("folder", endpoint.folder().folderName());
        }
        final ArrayNode routes = json.putArray("routes");
        simulated.routes().forEach((place, to) -> routes.addObject()
                .put("host", place.host())
                .put("port", place.port())
                .put("to", text(to)));
        final Identity identity = simulated.world().identity();
        final ObjectNode credentials = json.putObject("credentials");
        credentials
                .putObject("cloudAdmin")
                .put("userName", identity.netBiosName() + "\\" + identity.cloudAdmin())
                .put("password", identity.cloudAdminPassword());
        credentials
                .putObject("operator")
                .put("tenant", identity.tenant())
                .put("clientId", identity.clientId())
                .put("clientSecret", identity.clientSecret());
        credentials.putObject("bmc").put("userName", identity.bmcUser()).put("password", identity.bmcPassword());
        credentials.putObject("share").put("userName", identity.shareUser()).put("password", identity.sharePassword());
        return json;
    }

    /** The loopback port is reached by names and addresses of the stamp only where somebody leads them there. */
    private String casc() {
        final Stamp stamp = simulated.stamp();
        final Identity identity = simulated.world().identity();
        final String name = stamp.name();
        final List<String> lines = new ArrayList<>(List.of(
                "# A simulated stamp: names and addresses lead to it only where they are made to; see the routes",
                "# in the JSON file beside this one. For a Jenkins of its own: 'credentials: system:' replaces all that a",
                "# Jenkins's system store holds.",
                "credentials:",
                "  system:",
                "    domainCredentials:",
                "      - credentials:"));
        lines.addAll(userNamePassword(
                name + "-cloudadmin",
                identity.netBiosName() + "\\" + identity.cloudAdmin(),
                identity.cloudAdminPassword()));
        lines.addAll(userNamePassword(name + "-share", identity.shareUser(), identity.sharePassword()));
        lines.addAll(userNamePassword(name + "-operator", identity.clientId(), identity.clientSecret()));
        lines.addAll(userNamePassword(name + "-bmc", identity.bmcUser(), identity.bmcPassword()));
        lines.addAll(file(name + "-roots", "roots.pem", pem()));
        lines.addAll(List.of(
                "unclassified:",
                "  azureStackHub:",
                "    stamps:",
                "      - name: " + name,
                "        region: " + stamp.region(),
                "        externalFqdn: " + stamp.externalFqdn(),
                "        identityProvider: " + stamp.identityProvider().name(),
                "        privilegedEndpoints: [" + String.join(", ", World.PRIVILEGED_ENDPOINTS) + "]",
                "        pepTransport: http",
                "        cloudAdminCredentialsId: " + name + "-cloudadmin",
                "        certificateShare: " + quoted(SimulatedStamp.SHARE),
                "        shareCredentialsId: " + name + "-share",
                "        operatorCredentialsId: " + name + "-operator",
                "        bmcCredentialsId: " + name + "-bmc",
                "        bmcAccess: redfish",
                "        trustedCertificatesCredentialsId: " + name + "-roots"));
        return String.join("\n", lines) + "\n";
    }

    private static List<String> userNamePassword(final String id, final String userName, final String password) {
        return List.of(
                "          - usernamePassword:",
                "              scope: GLOBAL",
                "              id: " + id,
                "              username: " + quoted(userName),
                "              password: " + quoted(password));
    }

    private static List<String> file(final String id, final String name, final String content) {
        return List.of(
                "          - file:",
                "              scope: GLOBAL",
                "              id: " + id,
                "              fileName: " + name,
                "              secretBytes: "
                        + Base64.getEncoder().encodeToString(content.getBytes(StandardCharsets.UTF_8)));
    }

    /** In single quotes YAML knows one escape: a quote is written twice. JCasC reads ${..} as a variable, ^ escapes it. */
    private static String quoted(final String text) {
        return "'" + text.replace("'", "''").replace("${", "^${") + "'";
    }

    private String pem() {
        try {
            return "-----BEGIN CERTIFICATE-----\n"
                    + Base64.getMimeEncoder(64, new byte[] {'\n'})
                            .encodeToString(simulated.authority().root().getEncoded())
                    + "\n-----END CERTIFICATE-----\n";
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("A certificate that was issued has an encoding", e);
        }
    }

    private static String text(final InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }
}
