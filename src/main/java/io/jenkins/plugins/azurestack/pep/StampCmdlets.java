package io.jenkins.plugins.azurestack.pep;

import io.jenkins.plugins.azurestack.pep.PrivilegedEndpointException.NotUnderstood;
import io.jenkins.plugins.azurestack.pep.PrivilegedEndpointException.OutcomeUnknown;
import io.jenkins.plugins.azurestack.powershell.PasswordCredentials;
import io.jenkins.plugins.azurestack.powershell.RemotingException;
import io.jenkins.plugins.azurestack.powershell.clixml.CliXmlException;
import io.jenkins.plugins.azurestack.powershell.clixml.PsSecureString;
import io.jenkins.plugins.azurestack.powershell.clixml.PsValue;
import io.jenkins.plugins.azurestack.powershell.psrp.DetachedPipeline;
import io.jenkins.plugins.azurestack.powershell.psrp.InformationRecord;
import io.jenkins.plugins.azurestack.powershell.psrp.Pipeline;
import io.jenkins.plugins.azurestack.powershell.psrp.PipelineBuilder;
import io.jenkins.plugins.azurestack.powershell.psrp.PipelineException;
import io.jenkins.plugins.azurestack.powershell.psrp.PipelineFailedException;
import io.jenkins.plugins.azurestack.powershell.psrp.PipelineListener;
import io.jenkins.plugins.azurestack.powershell.psrp.PipelineResult;
import io.jenkins.plugins.azurestack.powershell.psrp.PipelineStillRunningException;
import io.jenkins.plugins.azurestack.powershell.psrp.RunspacePool;
import io.jenkins.plugins.azurestack.powershell.psrp.StartUnknownException;
import io.jenkins.plugins.azurestack.powershell.psrp.VerboseRecord;
import io.jenkins.plugins.azurestack.powershell.wsman.Delivery;
import io.jenkins.plugins.azurestack.powershell.wsman.WsManException;
import io.jenkins.plugins.azurestack.stamp.Text;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The stamp's cmdlets. Used by one thread at a time. */
public final class StampCmdlets {
    private static final String ROTATION = "Start-SecretRotation";
    private static final String BMC_CREDENTIAL = "Set-BmcCredential";
    private static final String ADDRESS = "address";
    private static final Duration QUICK = Duration.ofMinutes(10);
    private static final Duration GLANCE = Duration.ofSeconds(1);
    /** Each group of tests may take half an hour by the cmdlet's own default. */
    private static final Duration TEST = Duration.ofHours(1);

    private static final Pattern TELLING = Pattern.compile("\\b(FAIL|WARN)", Pattern.CASE_INSENSITIVE);
    private static final Pattern PARAMETER = Pattern.compile("(?<![\\w-])-(\\w+)");
    private static final int MOST_LINES = 20;

    private final PrivilegedEndpoints endpoints;

    public StampCmdlets(final PrivilegedEndpoints endpoints) {
        this.endpoints = endpoints;
    }

    /** {@code Get-AzureStackStampInformation}; starts a short action plan on the stamp. */
    public StampInformation stampInformation() throws PrivilegedEndpointException, InterruptedException {
        return endpoints.ask(session -> {
            final PipelineResult result =
                    session.command("Get-AzureStackStampInformation").run(QUICK);
            final PsValue stamp = result.output().stream()
                    .filter(value -> !value.property("StampVersion").isNull())
                    .findFirst()
                    .orElseThrow(() -> new NotUnderstood("Get-AzureStackStampInformation names no StampVersion"));
            return new StampInformation(
                    Text.printable(stamp.property("StampVersion").asString()),
                    Text.printable(stamp.property("ExternalDomainFQDN").asString()),
                    stamp.property("EmergencyConsoleIPAddresses").items().stream()
                            .map(PsValue::asString)
                            .map(Text::printable)
                            .toList(),
                    latestEnd(stamp.property("RootCACertificates")));
        });
    }

    /** The certificate that ends last is the current one (rotation page, 2022). */
    private static Optional<Instant> latestEnd(final PsValue certificates) {
        final List<PsValue> all = new ArrayList<>(certificates.items());
        if (all.isEmpty() && !certificates.isNull()) {
            all.add(certificates);
        }
        Optional<Instant> latest = Optional.empty();
        for (final PsValue certificate : all) {
            try {
                final Instant end = certificate.property("NotAfter").asInstant();
                latest = latest.filter(end::isBefore).or(() -> Optional.of(end));
            } catch (CliXmlException e) {
                // One without a date says nothing of the others.
                continue;
            }
        }
        return latest;
    }

    /** {@code Get-ActionStatus} for the latest rotation; empty if there was none. */
    public Optional<ActionReport> latestRotation() throws PrivilegedEndpointException, InterruptedException {
        return latest(ROTATION);
    }

    /** {@code Get-ActionStatus} for the latest change of the BMC credential; empty if there was none. */
    public Optional<ActionReport> latestBmcCredential() throws PrivilegedEndpointException, InterruptedException {
        return latest(BMC_CREDENTIAL);
    }

    private Optional<ActionReport> latest(final String function)
            throws PrivilegedEndpointException, InterruptedException {
        return endpoints.ask(session -> {
            final ActionReader reader = new ActionReader();
            final PipelineResult result = session.command("Get-ActionStatus")
                    .parameter("FunctionName", function)
                    .listener(new Said(reader))
                    .run(QUICK);
            if (!result.isComplete() || !result.errors().isEmpty()) {
                throw new NotUnderstood("Get-ActionStatus did not say all it had to say: "
                        + result.errors().stream()
                                .map(error -> Text.printable(error.message()))
                                .findFirst()
                                .orElse("some of its output is missing"));
            }
            result.output().stream().filter(value -> !value.isNull()).forEach(reader::accept);
            if (reader.heardOfOne()) {
                return Optional.of(reader.report());
            }
            final String words = String.join(
                    " ",
                    result.output().stream()
                            .map(PsValue::asString)
                            .filter(text -> !text.isBlank())
                            .toList());
            return words.isEmpty() || words.toLowerCase(Locale.ROOT).contains("no action")
                    ? Optional.empty()
                    : Optional.of(new ActionReport(
                            Optional.empty(),
                            Optional.empty(),
                            ActionReport.Status.NOT_UNDERSTOOD,
                            Text.printable(words)));
        });
    }

    /** What comes in lines rather than in objects. */
    private record Said(ActionReader reader) implements PipelineListener {
        @Override
        public void verbose(final VerboseRecord message) {
            message.message().lines().forEach(reader::accept);
        }

        @Override
        public void information(final InformationRecord information) {
            information.message().lines().forEach(reader::accept);
        }
    }

    /** {@code Get-AzureStackUpdateStatus -StatusOnly}: whether an update runs. */
    public boolean isUpdating() throws PrivilegedEndpointException, InterruptedException {
        return endpoints.ask(session -> {
            final PipelineResult result = session.command("Get-AzureStackUpdateStatus")
                    .withSwitch("StatusOnly")
                    .run(QUICK);
            final List<PsValue> output = result.output();
            final PsValue answer = output.isEmpty() ? PsValue.ofNullable(null) : output.get(output.size() - 1);
            final PsValue value = answer.property("Value");
            final String word = (value.isNull() ? answer : value).asString();
            return switch (ActionReader.status(word)) {
                case RUNNING -> true;
                case COMPLETED, FAILED, CANCELED -> false;
                case NOT_UNDERSTOOD ->
                    throw new NotUnderstood(
                            "Get-AzureStackUpdateStatus -StatusOnly says '" + Text.printable(word) + "'");
            };
        });
    }

    /** {@code Test-AzureStack -Group}. */
    public TestReport testGroup(final String group) throws PrivilegedEndpointException, InterruptedException {
        return test("Group", group);
    }

    /** {@code Test-AzureStack -Include}. */
    public TestReport test(final String name) throws PrivilegedEndpointException, InterruptedException {
        return test("Include", name);
    }

    private TestReport test(final String parameter, final String name)
            throws PrivilegedEndpointException, InterruptedException {
        return endpoints.ask(session -> report(
                session.command("Test-AzureStack").parameter(parameter, name).run(TEST)));
    }

    /** Success is a last output of {@code True}, and nothing else. */
    private static TestReport report(final PipelineResult result) {
        final List<PsValue> output = result.output();
        final boolean passed =
                !output.isEmpty() && output.get(output.size() - 1).asBoolean(false) && result.isComplete();
        final List<String> lines = new ArrayList<>();
        result.information().forEach(line -> lines.add(line.message()));
        result.warnings().forEach(line -> lines.add("WARNING: " + line.message()));
        result.errors().forEach(error -> lines.add("FAIL: " + error.message()));
        return new TestReport(
                passed,
                lines.stream()
                        .filter(line -> TELLING.matcher(line).find())
                        .map(Text::printable)
                        .limit(MOST_LINES)
                        .toList());
    }

    /** Whether {@code Test-AzureStack -List} names a test. */
    public boolean hasTest(final String name) throws PrivilegedEndpointException, InterruptedException {
        return endpoints.ask(session -> {
            final PipelineResult result =
                    session.command("Test-AzureStack").withSwitch("List").run(QUICK);
            final String wanted = name.toLowerCase(Locale.ROOT);
            return Stream.concat(
                            result.output().stream().flatMap(StampCmdlets::texts),
                            result.information().stream().map(line -> line.message()))
                    .anyMatch(text -> text.toLowerCase(Locale.ROOT).contains(wanted));
        });
    }

    /**
     * {@code Get-Command Set-BmcCredential -Syntax}: the names of its parameters, in lower case; none if the stamp has no
     * such cmdlet.
     */
    public Set<String> bmcCredentialParameters() throws PrivilegedEndpointException, InterruptedException {
        return endpoints.ask(session -> {
            final PipelineResult result = session.command("Get-Command")
                    .parameter("Name", BMC_CREDENTIAL)
                    .withSwitch("Syntax")
                    .run(QUICK);
            final Set<String> names = new TreeSet<>();
            for (final PsValue value : result.output()) {
                final Matcher parameter = PARAMETER.matcher(value.asString());
                while (parameter.find()) {
                    names.add(parameter.group(1).toLowerCase(Locale.ROOT));
                }
            }
            return names;
        });
    }

    private static Stream<String> texts(final PsValue value) {
        return Stream.of(value.asString(), value.property("Name").asString());
    }

    /**
     * What goes with a first external rotation. Its secrets are the caller's to wipe, after the call.
     *
     * @param path the UNC path whose last element is {@code Certificates}
     * @param share who may read and write there
     * @param password of every file of the set
     */
    public record ExternalSet(String path, PasswordCredentials share, char[] password) {
        @Override
        public String toString() {
            return "ExternalSet[" + path + "]";
        }
    }

    /**
     * {@code Start-SecretRotation}, sent once, and followed until it ends.
     *
     * @param external for a first external rotation
     * @param internal whether the stamp's own secrets are rotated
     * @param rerun whether a failed attempt is run again
     * @param patience how long it is listened to; it is never stopped
     * @throws PrivilegedEndpointException.Unreachable if no session could be opened: nothing was sent
     * @throws PrivilegedEndpointException.LogonRefused if the account was refused: nothing was sent
     * @throws PrivilegedEndpointException.CmdletFailed if it ended with an error
     * @throws PrivilegedEndpointException.OutcomeUnknown if the session broke, or patience came to its end: what runs,
     *     runs on
     * @throws InterruptedException if this wait was interrupted; what runs, runs on
     */
    public ActionReport startSecretRotation(
            final Optional<ExternalSet> external,
            final boolean internal,
            final boolean rerun,
            final Duration patience,
            final ActionListener listener)
            throws PrivilegedEndpointException, InterruptedException {
        final RunspacePool session = endpoints.open();
        try (session) {
            final Following following = new Following(endpoints.preferred(), listener);
            final PipelineBuilder command = session.command(ROTATION);
            if (internal) {
                command.withSwitch("Internal");
            }
            if (rerun) {
                command.withSwitch("ReRun");
            }
            if (external.isPresent()) {
                final ExternalSet set = external.get();
                try (PsSecureString password = PsSecureString.of(set.password())) {
                    command.parameter("PfxFilesPath", set.path())
                            .parameter("PathAccessCredential", set.share())
                            .parameter("CertificatePassword", password);
                    return await(start(command, following), patience, following);
                }
            }
            return await(start(command, following), patience, following);
        }
    }

    /**
     * {@code Set-BmcCredential} for the user that the stamp keeps, sent once, and followed until it ends.
     *
     * @param newPassword the caller's to wipe
     * @param bypass whether the stamp keeps it without giving it to the BMCs
     * @param patience how long it is listened to; it is never stopped
     * @return what it said of its action plan; that it came to its end without an error is all that is sure
     * @throws PrivilegedEndpointException as {@link #startSecretRotation} does
     * @throws InterruptedException if this wait was interrupted; what runs, runs on
     */
    public ActionReport setBmcCredential(
            final char[] newPassword, final boolean bypass, final Duration patience, final ActionListener listener)
            throws PrivilegedEndpointException, InterruptedException {
        final RunspacePool session = endpoints.open();
        try (session;
                PsSecureString password = PsSecureString.of(newPassword)) {
            final Following following = new Following(endpoints.preferred(), listener);
            final PipelineBuilder command = session.command(BMC_CREDENTIAL).parameter("BmcPassword", password);
            if (bypass) {
                command.withSwitch("BypassBMCUpdate");
            }
            final ActionReport report = await(start(command, following), patience, following);
            // What it says at its end is not documented: only silence about errors is taken for a good end.
            return following.hasErrors() && report.status() == ActionReport.Status.NOT_UNDERSTOOD
                    ? new ActionReport(
                            report.instance(), report.started(), ActionReport.Status.FAILED, "it reported errors")
                    : report;
        }
    }

    private static Pipeline start(final PipelineBuilder command, final Following following)
            throws PrivilegedEndpointException, InterruptedException {
        try {
            return command.listener(following).start();
        } catch (Following.NotWrittenDownException e) {
            throw e.unreachable();
        } catch (StartUnknownException e) {
            throw new OutcomeUnknown(Text.printable(e.getMessage()), e);
        } catch (RemotingException e) {
            if (following.isAnnounced() && !wasTurnedAway(e)) {
                throw new OutcomeUnknown(Text.printable(e.getMessage()), e);
            }
            throw new PrivilegedEndpointException.Unreachable(
                    "the session did not take the call: " + Text.printable(e.getMessage()),
                    "Nothing was started. Look at the privileged endpoint, and try again.",
                    e);
        }
    }

    /** Whether a call certainly had no effect: it did not leave, or the stamp answered that it does not take it. */
    private static boolean wasTurnedAway(final RemotingException failure) {
        return failure instanceof WsManException call && call.delivery() != Delivery.UNKNOWN;
    }

    /** A pipeline waits by the system's clock, patience is of ours: so that is looked at now and then. */
    private ActionReport await(final Pipeline pipeline, final Duration patience, final Following following)
            throws PrivilegedEndpointException, InterruptedException {
        final Instant deadline = endpoints.now().plus(patience);
        while (true) {
            try {
                return report(pipeline, following);
            } catch (PipelineStillRunningException e) {
                if (!endpoints.now().isBefore(deadline)) {
                    throw new OutcomeUnknown("it runs on, and the time for waiting is over", e);
                }
            }
        }
    }

    private static ActionReport report(final Pipeline pipeline, final Following following)
            throws PipelineStillRunningException, PrivilegedEndpointException, InterruptedException {
        try {
            pipeline.await(GLANCE);
            return following.report();
        } catch (PipelineStillRunningException e) {
            throw e;
        } catch (PipelineFailedException e) {
            throw PrivilegedEndpoints.failed(e.error(), e);
        } catch (PipelineException e) {
            throw new OutcomeUnknown(Text.printable(e.getMessage()), e);
        }
    }

    /**
     * Goes on listening to a rotation that was sent before, from wherever it was started.
     *
     * @param session what {@link ActionListener#starting} was given
     * @param patience how long it is listened to; it is never stopped
     * @return empty if its session is gone
     */
    public Optional<ActionReport> listenAgain(
            final Map<String, String> session, final Duration patience, final ActionListener listener)
            throws PrivilegedEndpointException, InterruptedException {
        final Map<String, String> ids = new LinkedHashMap<>(session);
        final String address = ids.remove(ADDRESS);
        if (address == null || !endpoints.addresses().contains(address)) {
            return Optional.empty();
        }
        final Following following = new Following(address, listener);
        final Optional<Pipeline> pipeline = endpoints.reattach(address, DetachedPipeline.fromMap(ids), following);
        if (pipeline.isEmpty()) {
            return Optional.empty();
        }
        final RunspacePool pool = pipeline.get().pool();
        try (pool) {
            return Optional.of(await(pipeline.get(), patience, following));
        }
    }

    /**
     * {@code Close-PrivilegedEndpoint}, once at each address that was used: moves all transcripts that are pending there,
     * those of other people's sessions too.
     *
     * @param share a UNC path
     * @param account may write there
     * @return what came of it, in sentences
     */
    public List<String> moveTranscripts(final String share, final PasswordCredentials account)
            throws InterruptedException {
        final Map<String, String> failures = endpoints.atEachUsed(session -> session.command("Close-PrivilegedEndpoint")
                .parameter("TranscriptsPathDestination", share)
                .parameter("Credential", account)
                .run(QUICK));
        return endpoints.used().stream()
                .map(address -> failures.containsKey(address)
                        ? "Transcripts of " + address + " could not be moved to " + share + " (" + failures.get(address)
                                + "); they stay there until somebody closes it properly"
                        : "All transcripts of " + address + " were moved to " + share)
                .toList();
    }

    /** The session as it is written down. */
    static Map<String, String> session(final String address, final DetachedPipeline ids) {
        final Map<String, String> session = new LinkedHashMap<>(ids.toMap());
        session.put(ADDRESS, address);
        return session;
    }
}
