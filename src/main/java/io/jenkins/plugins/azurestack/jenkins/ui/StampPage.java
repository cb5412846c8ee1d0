package io.jenkins.plugins.azurestack.jenkins.ui;

import hudson.model.Api;
import hudson.model.Failure;
import hudson.model.Job;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.azurestack.jenkins.AzureStackHubPermissions;
import io.jenkins.plugins.azurestack.jenkins.ControllerRoute;
import io.jenkins.plugins.azurestack.jenkins.Messages;
import io.jenkins.plugins.azurestack.jenkins.PageEnvironment;
import io.jenkins.plugins.azurestack.jenkins.StampHome;
import io.jenkins.plugins.azurestack.jenkins.config.AzureStackHubConfiguration;
import io.jenkins.plugins.azurestack.journal.Anchor;
import io.jenkins.plugins.azurestack.journal.FileDisk;
import io.jenkins.plugins.azurestack.journal.LockedException;
import io.jenkins.plugins.azurestack.journal.SharePath;
import io.jenkins.plugins.azurestack.stamp.Rejected;
import io.jenkins.plugins.azurestack.stamp.Text;
import io.jenkins.plugins.azurestack.wiring.LockRelease;
import io.jenkins.plugins.azurestack.wiring.StampMap;
import io.jenkins.plugins.azurestack.wiring.StampQuestion;
import io.jenkins.plugins.azurestack.wiring.StampState;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;
import org.kohsuke.stapler.verb.POST;

/** One stamp: its rotations, its audit trail, and its lock, which may be released here. */
@ExportedBean
public final class StampPage {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final StampState state;

    StampPage(final StampState state) {
        this.state = state;
    }

    public String getDisplayName() {
        return state.name();
    }

    public Api getApi() {
        return new Api(this);
    }

    /** How it stands, by the fields of {@link StampMap}. */
    @Exported
    public Map<String, Object> getStamp() {
        return StampMap.of(state, Clock.systemUTC().instant());
    }

    /** Every rotation that is known of, the latest first. */
    @Exported
    public List<Object> getRotations() {
        return StampMap.rotations(state);
    }

    /** Whether the audit trail is as it was written; nobody can tell of its end without an anchor. */
    @Exported
    public String getAudit() {
        return StampsLink.overview().audit(state.name(), List.of()).sentence();
    }

    /** Whether whoever looks may release locks. */
    public boolean isReleaser() {
        return Jenkins.get().hasPermission(AzureStackHubPermissions.RELEASE);
    }

    /** What stands for a lock that can't be read. */
    public String getUnreadable() {
        return LockRelease.token(Optional.empty());
    }

    /**
     * Verifies the audit trail against an anchor that somebody kept elsewhere. It changes nothing, and is a POST so that
     * the anchor stays out of addresses.
     */
    @POST
    public HttpResponse doVerify(@QueryParameter final String anchor) {
        Jenkins.get().checkPermission(AzureStackHubPermissions.VIEW);
        try {
            final Anchor kept = Anchor.parse(anchor == null ? "" : anchor.strip());
            return HttpResponses.text(
                    StampsLink.overview().audit(state.name(), List.of(kept)).sentence());
        } catch (IllegalArgumentException e) {
            throw new Failure(Text.printable(e.getMessage()));
        }
    }

    /**
     * Releases the lock, in the name of whoever asks: no parameter says who.
     *
     * @param seen stands for the lock that the page showed
     * @param reason why, as the person typed it
     * @param looked whether the person says that nothing runs on the stamp
     * @param share whether it is the lock of the stamp's share, which can't be read
     */
    @POST
    public HttpResponse doRelease(
            @QueryParameter final String seen,
            @QueryParameter final String reason,
            @QueryParameter final boolean looked,
            @QueryParameter final boolean share)
            throws InterruptedException {
        Jenkins.get().checkPermission(AzureStackHubPermissions.RELEASE);
        final User user = User.current();
        if (user == null) {
            throw new Failure(Messages.StampsLink_Nobody());
        }
        try {
            release(new LockRelease.Wish(state.name(), seen, user.getId(), reason, looked), share);
        } catch (Rejected | LockedException | IOException e) {
            throw new Failure(e.getMessage());
        }
        return HttpResponses.redirectToDot();
    }

    private void release(final LockRelease.Wish wish, final boolean share)
            throws IOException, LockedException, InterruptedException {
        final LockRelease release =
                new LockRelease(new FileDisk(), StampHome.path(), StampHome.auditKey(), Clock.systemUTC());
        if (share) {
            release.releaseShare(wish, shareOfStamp(), question());
        } else {
            release.release(wish, question());
        }
    }

    private SharePath shareOfStamp() {
        return new SharePath(AzureStackHubConfiguration.get()
                .maintenance(state.name())
                .certificateShare()
                .orElseThrow(() -> new Rejected("certificateShare", "is not configured for this stamp")));
    }

    /** Asks the stamp as the job would that holds the lock. */
    private StampQuestion question() {
        if (!state.isConfigured()) {
            return () -> new StampQuestion.Answer(
                    StampQuestion.Word.UNKNOWN, "the stamp is not configured any more, so it can't be asked");
        }
        return StampQuestion.of(
                        ControllerRoute.get().network(),
                        Clock.systemUTC(),
                        new SecureRandom(),
                        AzureStackHubConfiguration.get().stamp(state.name()),
                        AzureStackHubConfiguration.get().maintenance(state.name()),
                        new PageEnvironment(new JobSecrets(holder())))
                .within(PATIENCE);
    }

    /** The job that holds the lock, if it is still there, whether or not whoever asks may see it. */
    private Optional<Job<?, ?>> holder() {
        final ACLContext context = ACL.as2(ACL.SYSTEM2);
        try {
            return state.lock()
                    .map(claim -> claim.holder().replaceFirst(" #[0-9]+$", ""))
                    .map(name -> Jenkins.get().getItemByFullName(name, Job.class));
        } finally {
            context.close();
        }
    }
}
