package io.jenkins.plugins.azurestack.simulator.redfish;

import static io.jenkins.plugins.azurestack.simulator.redfish.BmcRule.NEW;
import static io.jenkins.plugins.azurestack.simulator.redfish.BmcRule.OLD;
import static io.jenkins.plugins.azurestack.simulator.redfish.BmcRule.USER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.Assume.assumeTrue;

import io.jenkins.plugins.azurestack.peer.DebianProgram;
import io.jenkins.plugins.azurestack.simulator.world.Ledger;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What the Redfish clients of others make of the BMCs: they log in, change the password, and are refused the old one. */
public class RedfishPeersTest {
    private static final String SCRIPT = "change_password.py";

    @Rule
    public final BmcRule rule = new BmcRule();

    @Rule
    public final TemporaryFolder temporary = new TemporaryFolder();

    private Path folder;

    @Before
    public void writeRoot() throws Exception {
        folder = temporary.getRoot().toPath();
        Files.writeString(
                folder.resolve("root.pem"),
                "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(BmcRule.authority().root().getEncoded())
                        + "\n-----END CERTIFICATE-----\n");
        try (InputStream script = RedfishPeersTest.class.getResourceAsStream(SCRIPT)) {
            Files.copy(script, folder.resolve(SCRIPT));
        }
    }

    private String host(final Flavour flavour) {
        return "127.0.0.1:" + rule.of(flavour).address().getPort();
    }

    /** Runs a program of Debian's with an environment of its own: no proxy, no certificates, no home of anybody's. */
    private String run(final DebianProgram env, final String program, final String... arguments) throws Exception {
        final List<String> all =
                new ArrayList<>(List.of("-i", "PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8", "HOME=" + folder, program));
        all.addAll(List.of(arguments));
        return env.run(folder, all.toArray(String[]::new));
    }

    private static DebianProgram env(final String program, final String debianPackage) {
        DebianProgram.required(program, debianPackage);
        return DebianProgram.required("env", "coreutils");
    }

    private String curl(final Flavour flavour, final String password, final String path, final String... more)
            throws Exception {
        final List<String> arguments = new ArrayList<>(List.of(
                "--silent",
                "--show-error",
                "--cacert",
                "root.pem",
                "--user",
                USER + ":" + password,
                "--write-out",
                "\nHTTP %{http_code}"));
        arguments.addAll(List.of(more));
        arguments.add("https://" + host(flavour) + path);
        return run(env("curl", "curl"), "curl", arguments.toArray(String[]::new));
    }

    @Test
    public void curlVerifiesTheCertificateAndChangesAPassword() throws Exception {
        for (final Flavour flavour : Flavour.values()) {
            final String account = BmcRule.account(flavour);
            assertThat(curl(flavour, OLD, account))
                    .contains("\"UserName\":\"root\"")
                    .endsWith("HTTP 200");
            assertThat(curl(
                            flavour,
                            OLD,
                            account,
                            "--request",
                            "PATCH",
                            "--header",
                            "Content-Type: application/json",
                            "--header",
                            "If-Match: *",
                            "--data",
                            "{\"Password\":\"" + NEW + "\"}"))
                    .endsWith(flavour == Flavour.XCC ? "HTTP 204" : "HTTP 200");
            assertThat(curl(flavour, OLD, account)).endsWith("HTTP 401");
            assertThat(curl(flavour, NEW, account)).endsWith("HTTP 200");
        }
    }

    @Test
    public void curlReachesABmcByTheAddressThatTheStampKnows() throws Exception {
        final Node node = rule.of(Flavour.ILO_5).node();
        assertThat(run(
                        env("curl", "curl"),
                        "curl",
                        "--silent",
                        "--show-error",
                        "--cacert",
                        "root.pem",
                        "--connect-to",
                        node.bmcAddress() + ":443:" + host(Flavour.ILO_5),
                        "https://" + node.bmcAddress() + "/redfish/v1/"))
                .contains("iLO 5");
    }

    @Test
    public void aClientThatEndsItsConnectionIsToldThatItEnds() throws Exception {
        final String[] head = {"--include", "--header", "Connection: close"};
        assertThat(curl(Flavour.XCC, OLD, "/redfish/v1/Managers", head)).contains("Connection: close");
        assertThat(curl(Flavour.XCC, OLD, "/redfish/v1/Managers", "--include")).doesNotContain("Connection: close");
    }

    @Test
    public void whatIsNoPathIsRefusedAndNotDiedOf() throws Exception {
        for (final String target : List.of("no:path", "/redfish/v1/%zz", "*", "//", "/redfish/v1/?$select=|")) {
            assertThat(curl(Flavour.XCC, OLD, "/", "--request-target", target)).matches("(?s).*HTTP 40[04]");
        }
    }

    private String redfishtool(final Flavour flavour, final String password, final String... more) throws Exception {
        final List<String> arguments =
                new ArrayList<>(List.of("-r", host(flavour), "-u", USER, "-p", password, "-S", "Always"));
        arguments.addAll(List.of(more));
        return run(env("redfishtool", "redfishtool"), "redfishtool", arguments.toArray(String[]::new));
    }

    @Test
    public void redfishtoolChangesAPassword() throws Exception {
        for (final Flavour flavour : EnumSet.of(Flavour.XCC, Flavour.GENERIC)) {
            assertThat(redfishtool(flavour, OLD, "AccountService", "Accounts", "list"))
                    .contains("\"UserName\": \"root\"");
            redfishtool(flavour, OLD, "AccountService", "setpassword", USER, NEW);
            assertRefusedByRedfishtool(flavour);
        }
    }

    /** It takes an answer that is a message for none, and reads the account again with the password that was. */
    @Test
    public void redfishtoolChangesAPasswordEvenWhereItThinksThatItDidNot() throws Exception {
        for (final Flavour flavour : EnumSet.of(Flavour.IDRAC_9, Flavour.ILO_6)) {
            assertThatThrownBy(() -> redfishtool(flavour, OLD, "AccountService", "setpassword", USER, NEW))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("401");
            assertRefusedByRedfishtool(flavour);
        }
    }

    private void assertRefusedByRedfishtool(final Flavour flavour) throws Exception {
        assertThat(rule.of(flavour).password(USER)).contains(NEW.toCharArray());
        assertThatThrownBy(() -> redfishtool(flavour, OLD, "AccountService"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("401");
        assertThat(redfishtool(flavour, NEW, "-A", "Session", "AccountService")).contains("AccountLockoutThreshold");
    }

    @Test
    public void redfishtoolWalksWhatThereIs() throws Exception {
        assertThat(redfishtool(Flavour.IDRAC_10, OLD, "Managers", "-1")).contains("17G Monolithic");
        assertThat(redfishtool(Flavour.IDRAC_10, OLD, "Systems", "-1")).contains("PowerEdge R770");
        assertThat(redfishtool(Flavour.IDRAC_10, OLD, "Chassis", "-1")).contains("RackMount");
        assertThat(redfishtool(Flavour.IDRAC_10, OLD, "AccountService", "Roles", "list"))
                .contains("Administrator");
        assertThat(redfishtool(Flavour.IDRAC_10, OLD, "versions")).contains("/redfish/v1/");
    }

    @Test
    public void redfishtoolUnlocksAnAccount() throws Exception {
        redfishtool(Flavour.ILO_5, OLD, "AccountService", "adduser", "eve", "Eve-Passw0rd", "Operator");
        rule.of(Flavour.ILO_5).lock("eve");
        redfishtool(Flavour.ILO_5, OLD, "AccountService", "useradmin", "eve", "unlock");
        assertThat(rule.of(Flavour.ILO_5).isLocked("eve")).isFalse();
    }

    @Test
    public void sushyChangesAPassword() throws Exception {
        final boolean there = Files.isDirectory(Path.of("/usr/lib/python3/dist-packages/sushy"));
        assertThat(there || !DebianProgram.areRequired())
                .as("needs the Debian package python3-sushy")
                .isTrue();
        assumeTrue("Skipped: needs the Debian package python3-sushy", there);
        final DebianProgram env = env("python3", "python3");
        for (final Flavour flavour : Flavour.values()) {
            final String said =
                    run(env, "/usr/bin/python3", SCRIPT, "https://" + host(flavour), "root.pem", USER, OLD, NEW);
            assertThat(said)
                    .as("%s", flavour)
                    .contains("manager " + flavour.firmware().make().managerModel())
                    .contains("changed " + (flavour == Flavour.XCC ? "204" : "200"))
                    .contains("system " + flavour.firmware().make().systemId())
                    .contains("old password refused")
                    .doesNotContain("accepted");
            assertThat(rule.ledger().calls(Ledger.Service.BMC))
                    .as("by a session")
                    .anyMatch(call -> call.host().equals(flavour.name())
                            && call.action().startsWith("POST /redfish/v1/SessionService/Sessions")
                            && call.isDone());
        }
    }

    private String ilorest(final String... arguments) throws Exception {
        final List<String> all = new ArrayList<>(List.of("--nologo", "--cache-dir", folder.toString()));
        all.addAll(List.of(arguments));
        return run(env("ilorest", "ilorest"), "ilorest", all.toArray(String[]::new));
    }

    @Test
    public void ilorestChangesAPassword() throws Exception {
        final String ilo = host(Flavour.ILO_6);
        ilorest("login", ilo, "-u", USER, "-p", OLD);
        // Its session ends with the password, which it says, and takes for a failure.
        assertThatThrownBy(() -> ilorest("iloaccounts", "changepass", USER, NEW))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("session has expired");
        assertThat(rule.of(Flavour.ILO_6).password(USER)).contains(NEW.toCharArray());
        assertThatThrownBy(() -> ilorest("login", ilo, "-u", USER, "-p", OLD))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Invalid credentials");
        ilorest("login", ilo, "-u", USER, "-p", NEW);
    }

    @Test
    public void ilorestReadsAccountsAndTheirPrivileges() throws Exception {
        ilorest("login", host(Flavour.ILO_5), "-u", USER, "-p", OLD);
        assertThat(ilorest("iloaccounts", "--json")).contains("[1] root").contains("\"UserConfigPriv\": true");
    }

    @Test
    public void aLockedAccountRefusesTheRightPasswordToAnybodysClient() throws Exception {
        rule.of(Flavour.GENERIC).lock(USER);
        assertThat(curl(Flavour.GENERIC, OLD, "/redfish/v1/Managers")).endsWith("HTTP 401");
        assertThatThrownBy(() -> redfishtool(Flavour.GENERIC, OLD, "AccountService"))
                .isInstanceOf(IOException.class);
        rule.time().advance(Duration.ofSeconds(30));
        assertThat(curl(Flavour.GENERIC, OLD, "/redfish/v1/Managers")).endsWith("HTTP 200");
        redfishtool(Flavour.GENERIC, OLD, "AccountService");
    }
}
