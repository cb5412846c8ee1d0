package io.jenkins.plugins.azurestack.jenkins.step;

import hudson.FilePath;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.azurestack.jenkins.StampHome;
import io.jenkins.plugins.azurestack.jenkins.credentials.StoreCredentialWriter;
import io.jenkins.plugins.azurestack.jenkins.ui.StampBuildAction;
import io.jenkins.plugins.azurestack.journal.Approval;
import io.jenkins.plugins.azurestack.journal.AuditKey;
import io.jenkins.plugins.azurestack.stamp.DnsName;
import io.jenkins.plugins.azurestack.stamp.Rejected;
import io.jenkins.plugins.azurestack.stamp.Text;
import io.jenkins.plugins.azurestack.wiring.CredentialWriter;
import io.jenkins.plugins.azurestack.wiring.MaintenanceEnvironment;
import io.jenkins.plugins.azurestack.wiring.PageApproval;
import io.jenkins.plugins.azurestack.wiring.SecretLookup;
import io.jenkins.plugins.azurestack.wiring.Starters;
import io.jenkins.plugins.azurestack.wiring.WritableIds;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.actions.WarningAction;
import org.jenkinsci.plugins.workflow.flow.BlockableResume;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.springframework.security.core.Authentication;

/** A running build, as far as a step's run class sees it. */
final class RunEnvironment implements MaintenanceEnvironment {
    private final Run<?, ?> run;
    private final TaskListener listener;
    private final StepContext context;
    private final Optional<FlowNode> node;
    private final SecretLookup credentials;
    private final SecretLookup given;
    private final Consumer<String> status;
    /** Who the build is, on whatever thread it writes. */
    private final Authentication caller = Jenkins.getAuthentication2();
    /** Whether it was for us that this build was kept: a person's wish to keep it is not undone. */
    private boolean keptForUs;

    RunEnvironment(
            final Run<?, ?> run,
            final TaskListener listener,
            final StepContext context,
            final Optional<FlowNode> node,
            final Consumer<String> status) {
        this.run = run;
        this.listener = listener;
        this.context = context;
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
                context,
                Optional.ofNullable(context.get(FlowNode.class)),
                status);
    }

    /**
     * The workspace as it is now, since an agent that dropped comes back over another channel. A workspace on an agent that
     * is away is none: what is saved is saved with the build.
     */
    private Optional<FilePath> workspace() throws InterruptedException {
        try {
            return Optional.ofNullable(context.get(FilePath.class));
        } catch (IOException e) {
            return Optional.empty();
        }
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
    public CredentialWriter writer(final WritableIds ids) {
        return new StoreCredentialWriter(run, caller, ids);
    }

    @Override
    public AuditKey auditKey() {
        return StampHome.auditKey();
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
        final Starters starters = StampBuildAction.starters(run, id);
        final List<Approval> onPages = StampBuildAction.approvals(run.getParent(), id);
        final Optional<Approval> onPage = PageApproval.of(id, since, starters, onPages);
        if (onPage.isPresent()) {
            return onPage.get();
        }
        final String why = PageApproval.why(id, since, starters, onPages);
        return InputApprovals.of(starters, node, build(), id, since, why);
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
        final Path kept = replace(run.getRootDir().toPath().resolve(StampHome.FOLDER), name, content);
        show(name, content);
        final Optional<FilePath> workspace = workspace();
        if (workspace.isEmpty()) {
            return new Saved(kept.toString(), false);
        }
        try {
            final FilePath file = workspace.get().child(name);
            file.copyFrom(new ByteArrayInputStream(content));
            return new Saved(file.getRemote(), true);
        } catch (IOException | RuntimeException e) {
            log("Could not save " + name + " in the workspace (" + Text.printable(e.getMessage())
                    + "); it is kept with the build.");
            return new Saved(kept.toString(), false);
        }
    }

    @Override
    public byte[] read(final String path, final int largest) throws IOException, InterruptedException {
        final FilePath folder = workspace()
                .orElseThrow(() -> new Rejected(
                        "issued",
                        "names a file, and this step is in no workspace; use it inside node, or give PEM text"));
        final FilePath file = folder.child(path);
        if (!file.exists()) {
            throw new Rejected(
                    "issued",
                    "'" + Text.printable(path) + "' is not in the workspace " + folder.getRemote()
                            + "; put the authority's answer there and run this again: every key is still pending");
        }
        try (InputStream in = file.read()) {
            return in.readNBytes(largest + 1);
        }
    }

    /** A page never fails what it would show, whatever is wrong with the build's record. */
    private void show(final String name, final byte[] content) {
        try {
            StampBuildAction.keep(run, name, content);
        } catch (IOException | RuntimeException e) {
            log("ERROR: the page of this build does not show " + name + ": " + Text.printable(e.getMessage())
                    + ". The file is kept with the build.");
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
        return StampHome.path();
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
