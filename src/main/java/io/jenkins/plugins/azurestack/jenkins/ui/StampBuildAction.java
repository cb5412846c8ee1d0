package io.jenkins.plugins.azurestack.jenkins.ui;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.Api;
import hudson.model.Cause;
import hudson.model.Failure;
import hudson.model.Job;
import hudson.model.Run;
import hudson.model.User;
import io.jenkins.plugins.azurestack.jenkins.AzureStackHubPermissions;
import io.jenkins.plugins.azurestack.jenkins.Messages;
import io.jenkins.plugins.azurestack.jenkins.StampHome;
import io.jenkins.plugins.azurestack.journal.Approval;
import io.jenkins.plugins.azurestack.report.CheckView;
import io.jenkins.plugins.azurestack.report.Phrases;
import io.jenkins.plugins.azurestack.report.PlanView;
import io.jenkins.plugins.azurestack.report.RotationView;
import io.jenkins.plugins.azurestack.stamp.Rejected;
import io.jenkins.plugins.azurestack.stamp.Text;
import io.jenkins.plugins.azurestack.wiring.Evidence;
import io.jenkins.plugins.azurestack.wiring.EvidenceFolder;
import io.jenkins.plugins.azurestack.wiring.PageApproval;
import io.jenkins.plugins.azurestack.wiring.PastChange;
import io.jenkins.plugins.azurestack.wiring.Starters;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import jenkins.model.RunAction2;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerProxy;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;
import org.kohsuke.stapler.verb.GET;
import org.kohsuke.stapler.verb.POST;

/**
 * What a build has checked, planned and rotated: its page, and who approved its plans. It is part of the build's own
 * record; what it shows in full is read from the files that the build keeps. Safe for use by several threads.
 */
@ExportedBean
public final class StampBuildAction implements RunAction2, StaplerProxy {
    /** Held for short, and never while a build's record is saved, for which Jenkins has locks of its own. */
    private static final Object TURN = new Object();

    /** So many builds back, the latest first, an approval is looked for. */
    private static final int MOST_BUILDS = 500;

    /** Replaced as a whole, since Jenkins may be writing it to disk. */
    private volatile ArrayList<KeptEvidence> evidence = new ArrayList<>();

    private volatile ArrayList<KeptApproval> approvals = new ArrayList<>();
    private transient Run<?, ?> run;

    /** Fills in what the record of an older version does not have. */
    private Object readResolve() {
        evidence = evidence == null ? new ArrayList<>() : evidence;
        approvals = approvals == null ? new ArrayList<>() : approvals;
        return this;
    }

    /**
     * Adds a file to the build's page, if it is evidence that can be shown.
     *
     * @param content what was just saved with the build
     * @throws IOException if the build's record could not be saved
     */
    public static void keep(final Run<?, ?> run, final String file, final byte[] content) throws IOException {
        final Optional<Evidence> found = Evidence.of(file, content);
        if (found.isPresent()) {
            synchronized (TURN) {
                final StampBuildAction action = of(run).orElseGet(() -> added(run));
                action.add(new KeptEvidence(found.get()));
            }
            run.save();
        }
    }

    /** The page of a build, if it has one. */
    static Optional<StampBuildAction> of(final Run<?, ?> run) {
        return Optional.ofNullable(run.getAction(StampBuildAction.class));
    }

    private static StampBuildAction added(final Run<?, ?> run) {
        final StampBuildAction action = new StampBuildAction();
        run.addAction(action);
        return action;
    }

    private void add(final KeptEvidence fresh) {
        final ArrayList<KeptEvidence> next = new ArrayList<>(evidence);
        next.removeIf(old -> old.getFile().equals(fresh.getFile()));
        next.add(fresh);
        evidence = next;
    }

    /** The approvals that were given on pages of a job's builds to a plan, or to running its rotation again. */
    public static List<Approval> approvals(final Job<?, ?> job, final String id) {
        final List<Approval> found = new ArrayList<>();
        Run<?, ?> build = job.getLastBuild();
        for (int i = 0; build != null && i < MOST_BUILDS; i++) {
            of(build).stream()
                    .flatMap(action -> action.approvals.stream())
                    .filter(approval -> approval.getPlanId().equals(id))
                    .map(KeptApproval::toApproval)
                    .forEach(found::add);
            build = build.getPreviousBuild();
        }
        return found;
    }

    /** Who started a build, be it through builds of other jobs. */
    public static Starters starters(final Run<?, ?> run) {
        return starters(run.getCauses());
    }

    /**
     * Who started a build, or one that made a plan: neither approves it.
     *
     * @param run that is to carry the plan out
     */
    public static Starters starters(final Run<?, ?> run, final String plan) {
        Starters all = starters(run);
        Run<?, ?> build = run.getParent().getLastBuild();
        for (int i = 0; build != null && i < MOST_BUILDS; i++) {
            if (of(build).filter(action -> action.hasPlanned(plan)).isPresent()) {
                all = all.and(starters(build));
            }
            build = build.getPreviousBuild();
        }
        return all;
    }

    private boolean hasPlanned(final String plan) {
        return evidence.stream()
                .anyMatch(one -> one.getId().equals(plan) && one.planned().isPresent());
    }

    static Starters starters(final List<Cause> causes) {
        return causes.stream().map(StampBuildAction::starters).reduce(Starters.of(List.of()), Starters::and);
    }

    private static Starters starters(final Cause cause) {
        if (cause instanceof Cause.UserIdCause user && user.getUserId() != null) {
            return Starters.of(List.of(user.getUserId()));
        }
        if (cause instanceof Cause.UpstreamCause upstream) {
            return starters(upstream.getUpstreamCauses());
        }
        // Jenkins keeps about a dozen builds of a chain and puts this in the place of all that came before.
        return cause instanceof Cause.UpstreamCause.DeeplyNestedUpstreamCause
                ? Starters.UNTOLD
                : Starters.of(List.of());
    }

    @Override
    public void onAttached(final Run<?, ?> r) {
        run = r;
    }

    @Override
    public void onLoad(final Run<?, ?> r) {
        run = r;
    }

    public Run<?, ?> getRun() {
        return run;
    }

    /** Whether whoever looks may see it. */
    public boolean isVisible() {
        return run.hasPermission(AzureStackHubPermissions.VIEW);
    }

    /** Whether whoever looks may approve plans here. */
    public boolean isApprover() {
        return run.hasPermission(AzureStackHubPermissions.APPROVE);
    }

    @Override
    public String getIconFileName() {
        return isVisible() ? "symbol-cloud" : null;
    }

    @Override
    public String getDisplayName() {
        return Messages.StampBuildAction_DisplayName();
    }

    @Override
    public String getUrlName() {
        return StampHome.FOLDER;
    }

    /** Nothing below this page is for those who may not see it. */
    @Override
    public Object getTarget() {
        run.checkPermission(AzureStackHubPermissions.VIEW);
        return this;
    }

    public Api getApi() {
        return new Api(this);
    }

    /**
     * What was checked, planned and rotated, in short; nothing for whoever may not see it: the API of the build hands out
     * its actions without asking for {@link #getTarget}.
     */
    @Exported
    public List<KeptEvidence> getEvidence() {
        return isVisible() ? new ArrayList<>(evidence) : new ArrayList<>();
    }

    /** Who approved which plan here; nothing for whoever may not see it. */
    @Exported
    public List<KeptApproval> getApprovals() {
        return isVisible() ? new ArrayList<>(approvals) : new ArrayList<>();
    }

    /** What can be downloaded: maps with {@code name} and {@code length}. */
    public List<Map<String, Object>> getFiles() throws IOException {
        final List<Map<String, Object>> files = new ArrayList<>();
        for (final EvidenceFolder.Kept file : folder().files()) {
            final Map<String, Object> map = new LinkedHashMap<>();
            map.put("name", file.name());
            map.put("length", Math.max(1, file.bytes() / 1024) + " KB");
            files.add(map);
        }
        return files;
    }

    private EvidenceFolder folder() {
        return new EvidenceFolder(run.getRootDir().toPath().resolve(StampHome.FOLDER));
    }

    /** Everything in full, for the page: a map for each, by its {@code kind}. What can't be read says so. */
    public List<Map<String, Object>> getSections() {
        final List<Map<String, Object>> sections = new ArrayList<>();
        for (final KeptEvidence kept : getEvidence()) {
            sections.add(section(kept));
        }
        return sections;
    }

    private Map<String, Object> section(final KeptEvidence kept) {
        final Map<String, Object> section = new LinkedHashMap<>();
        section.put("kind", "short");
        section.put("word", kept.getKind());
        section.put("file", kept.getFile());
        section.put("stamp", kept.getStamp());
        section.put("state", kept.getState());
        section.put("summary", kept.getSummary());
        try {
            final JsonNode content = folder().read(kept.getFile());
            if (content.isMissingNode()) {
                section.put("trouble", Messages.StampBuildAction_Gone(kept.getFile()));
            } else if (kept.getKind().equals(Evidence.CHECK)) {
                section.put("kind", "check");
                section.put("view", CheckView.of(content));
            } else if (kept.isPlan()) {
                section.put("kind", "plan");
                section.put("view", PlanView.of(content));
                section.put("approval", approval(kept));
            } else if (content.path("events").isArray()) {
                section.put("kind", "rotation");
                section.put("view", RotationView.of(content));
            }
        } catch (IOException e) {
            section.put("trouble", Text.printable(e.getMessage()));
        }
        return section;
    }

    /** Who approved a plan, and what became of it; or whether, and why not, whoever looks can. */
    private Map<String, Object> approval(final KeptEvidence plan) {
        final Map<String, Object> map = new LinkedHashMap<>();
        final Optional<KeptApproval> given = approvals.stream()
                .filter(approval -> approval.getPlanId().equals(plan.getId()))
                .reduce((first, second) -> second);
        map.put("approver", given.map(KeptApproval::getApprover).orElse(""));
        map.put("at", given.map(KeptApproval::getAt).orElse(""));
        map.put("counts", given.isPresent());
        map.put("became", "");
        map.put("back", false);
        map.put("reason", "");
        map.put("possible", false);
        try {
            final Optional<PastChange> past = StampHome.past(plan.getStamp(), plan.getId());
            map.put("became", past.map(StampBuildAction::words).orElse(""));
            map.put(
                    "counts",
                    given.isPresent() && PageApproval.stands(given.get().toApproval(), past));
            map.put(
                    "back",
                    past.filter(one -> one.next() == PastChange.Next.BACK).isPresent());
            final User user = User.current();
            if (user != null && isApprover()) {
                decide(plan, plan.getHash(), user.getId(), past);
                map.put("possible", true);
            }
        } catch (Rejected e) {
            map.put("reason", e.getMessage().replaceFirst("^\\w+: ", ""));
        } catch (IOException e) {
            map.put("reason", Text.printable(e.getMessage()));
        }
        return map;
    }

    private static String words(final PastChange past) {
        return past.damage()
                .or(() -> past.state().map(state -> state + ": " + past.message()))
                .orElse(Messages.StampBuildAction_Unfinished());
    }

    private Approval decide(
            final KeptEvidence plan, final String hash, final String user, final Optional<PastChange> past) {
        return PageApproval.approve(
                plan.planned()
                        .orElseThrow(() -> new Rejected("plan", "'" + plan.getId() + "' is nothing that is approved")),
                hash,
                user,
                starters(run),
                past,
                Clock.systemUTC().instant(),
                run.getParent().getFullName() + " #" + run.getNumber());
    }

    /**
     * Approves a plan of this build, in the name of whoever asks: no parameter says who.
     *
     * @param plan its id
     * @param hash what the page showed as approved
     */
    @POST
    public HttpResponse doApprove(@QueryParameter final String plan, @QueryParameter final String hash) {
        run.checkPermission(AzureStackHubPermissions.APPROVE);
        final User user = User.current();
        if (user == null) {
            throw new Failure(Messages.StampBuildAction_Nobody());
        }
        final KeptEvidence kept = evidence.stream()
                .filter(one -> one.isPlan() && one.getId().equals(plan))
                .findFirst()
                .orElseThrow(HttpResponses::notFound);
        try {
            approve(kept, hash, user.getId());
        } catch (Rejected | IOException e) {
            throw new Failure(e.getMessage());
        }
        return HttpResponses.redirectToDot();
    }

    private void approve(final KeptEvidence plan, final String hash, final String user) throws IOException {
        final Approval approval = decide(plan, hash, user, StampHome.past(plan.getStamp(), plan.getId()));
        final KeptApproval kept = new KeptApproval(approval, plan.getHash());
        change(list -> list.add(kept));
        boolean saved = false;
        try {
            run.save();
            saved = true;
        } finally {
            if (!saved) {
                // What is not on disk would be gone after a restart: nobody has approved.
                change(list -> list.remove(kept));
            }
        }
    }

    private void change(final Consumer<List<KeptApproval>> changing) {
        synchronized (TURN) {
            final ArrayList<KeptApproval> next = new ArrayList<>(approvals);
            changing.accept(next);
            approvals = next;
        }
    }

    /** Sends a file of this build, never to be shown as a page of Jenkins. */
    @GET
    public void doFile(@QueryParameter final String name, final StaplerResponse2 response) throws IOException {
        run.checkPermission(AzureStackHubPermissions.VIEW);
        final Path file = folder().file(name).orElseThrow(HttpResponses::notFound);
        response.setContentType("application/octet-stream");
        response.setHeader("Content-Disposition", "attachment; filename=\"" + file.getFileName() + "\"");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setContentLengthLong(Files.size(file));
        try (OutputStream out = response.getOutputStream()) {
            Files.copy(file, out);
        }
    }

    /** When a moment was, for people. */
    public String minute(final String moment) {
        return moment.isEmpty() ? "" : Phrases.minute(Instant.parse(moment));
    }
}
