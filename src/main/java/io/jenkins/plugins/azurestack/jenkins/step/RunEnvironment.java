package io.jenkins.plugins.azurestack.jenkins.step;

import hudson.FilePath;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.azurestack.journal.AuditKey;
import io.jenkins.plugins.azurestack.rotation.Approval;
import io.jenkins.plugins.azurestack.stamp.DnsName;
import io.jenkins.plugins.azurestack.stamp.Text;
import io.jenkins.plugins.azurestack.wiring.MaintenanceEnvironment;
import io.jenkins.plugins.azurestack.wiring.SecretLookup;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import jenkins.model.Jenkins;
import jenkins.security.HMACConfidentialKey;
import org.jenkinsci.plugins.workflow.actions.WarningAction;
import org.jenkinsci.plugins.workflow.flow.BlockableResume;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** A running build, as far as a step's run class sees it. */
final class RunEnvironment implements MaintenanceEnvironment {
    private static final String FOLDER = "azure-stack-hub";
    /** Kept, encrypted, with this Jenkins's other secrets. */
    private static final HMACConfidentialKey KEY = new HMACConfidentialKey(RunEnvironment.class, "audit");

    private final Run<?, ?> run;
    private final TaskListener listener;
    private final Optional<FilePath> workspace;
    private final Optional<FlowNode> node;
    private final SecretLookup credentials;
    private final SecretLookup given;
    private final Consumer<String> status;
    /** Whether it was for us that this build was kept: a person's wish to keep it is not undone. */
    private boolean keptForUs;

    RunEnvironment(
            final Run<?, ?> run,
            final TaskListener listener,
            final Optional<FilePath> workspace,
            final Optional<FlowNode> node,
            final Consumer<String> status) {
        this.run = run;
        this.listener = listener;
        this.workspace = workspace;
        this.node = node;
        this.credentials = new RunCredentials(run, false);
        this.given = new RunCredentials(run, true);
        this.status = status;
    }

    /** The build that a step runs in, on the step's own thread; with its workspace if the step is inside {@code node}. */
    static RunEnvironment of(final StepContext context) throws IOException, InterruptedException {
        return of(context, sentence -> {});
    }

    /**
     * The same for a step that says what it is doing.
     *
     * @param status gets a sentence at every turn
     */
    static RunEnvironment of(final StepContext context, final Consumer<String> status)
            throws IOException, InterruptedException {
        return new RunEnvironment(
                context.get(Run.class),
                context.get(TaskListener.class),
                Optional.ofNullable(context.get(FilePath.class)),
                Optional.ofNullable(context.get(FlowNode.class)),
                status);
    }

    @Override
    public void log(final String line) {
        final PrintStream log = listener.getLogger();
        // One lock for text and line end: lines of several threads stay whole.
        synchronized (log) {
            log.println(line);
        }
    }

    @Override
    public SecretLookup credentials() {
        return credentials;
    }

    @Override
    public SecretLookup given() {
        return given;
    }

    @Override
    public AuditKey auditKey() {
        return KEY::mac;
    }

    @Override
    public String job() {
        return run.getParent().getFullName();
    }

    @Override
    public String build() {
        return job() + " #" + run.getNumber();
    }

    @Override
    public Approval approval(final String id, final Instant since) {
        return InputApprovals.of(run, node, build(), id, since);
    }

    @Override
    public Optional<String> notDurable() {
        return node.map(FlowNode::getExecution).flatMap(RunEnvironment::notDurable);
    }

    private static Optional<String> notDurable(final FlowExecution execution) {
        if (execution instanceof BlockableResume blockable && blockable.isResumeBlocked()) {
            return Optional.of("resuming is disabled for it (disableResume)");
        }
        return execution.getDurabilityHint().isPersistWithEveryStep()
                ? Optional.empty()
                : Optional.of("its durability is " + execution.getDurabilityHint());
    }

    @Override
    public void keep(final boolean unfinished) throws IOException {
        if (unfinished && !run.isKeepLog()) {
            run.keepLog(true);
            keptForUs = true;
        } else if (!unfinished && keptForUs) {
            run.keepLog(false);
            keptForUs = false;
        }
    }

    @Override
    public void status(final String sentence) {
        status.accept(sentence);
    }

    @Override
    public Saved save(final String fileName, final byte[] content) throws IOException, InterruptedException {
        final String name = requirePlain(fileName);
        final Path kept = replace(run.getRootDir().toPath().resolve(FOLDER), name, content);
        if (workspace.isEmpty()) {
            return new Saved(kept.toString(), false);
        }
        try {
            final FilePath file = workspace.get().child(name);
            file.copyFrom(new ByteArrayInputStream(content));
            return new Saved(file.getRemote(), true);
        } catch (IOException e) {
            log("Could not save " + name + " in the workspace (" + Text.printable(e.getMessage())
                    + "); it is kept with the build.");
            return new Saved(kept.toString(), false);
        }
    }

    private static String requirePlain(final String fileName) {
        if (!fileName.matches("\\w[\\w.-]*")) {
            throw new IllegalArgumentException("not a plain file name: " + Text.printable(fileName));
        }
        return fileName;
    }

    /** Writes beside the file and renames, so that a reader never sees half of it. */
    private static Path replace(final Path folder, final String fileName, final byte[] content) throws IOException {
        Files.createDirectories(folder);
        final Path file = folder.resolve(fileName);
        final Path fresh = Files.createTempFile(folder, fileName, ".new");
        try {
            Files.write(fresh, content);
            return Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    @Override
    public Path home() {
        return Jenkins.get().getRootDir().toPath().resolve(FOLDER);
    }

    @Override
    public Path stampFolder(final String stampName) throws IOException {
        final String name = DnsName.requireLabel("stamp", stampName);
        return Files.createDirectories(home().resolve("stamps").resolve(name));
    }

    @Override
    public void mark(final Outcome outcome, final String message) {
        final Result result =
                switch (outcome) {
                    case UNSTABLE -> Result.UNSTABLE;
                    case FAILURE -> Result.FAILURE;
                };
        node.ifPresent(step -> step.addOrReplaceAction(new WarningAction(result).withMessage(message)));
        run.setResult(result);
    }
}
