package io.jenkins.plugins.azurestack.jenkins.ui;

import hudson.Extension;
import hudson.model.Action;
import hudson.model.Api;
import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.azurestack.expiry.Severity;
import io.jenkins.plugins.azurestack.expiry.Thresholds;
import io.jenkins.plugins.azurestack.jenkins.AzureStackHubPermissions;
import io.jenkins.plugins.azurestack.jenkins.Messages;
import io.jenkins.plugins.azurestack.jenkins.StampHome;
import io.jenkins.plugins.azurestack.report.DaysLeftTrend;
import io.jenkins.plugins.azurestack.wiring.CheckedBuilds;
import io.jenkins.plugins.azurestack.wiring.Evidence;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.TransientActionFactory;
import org.kohsuke.stapler.StaplerProxy;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** How the days that are left went over the builds of a job: a drawing for each stamp that its builds check. */
@ExportedBean
public final class StampTrendAction implements Action, StaplerProxy {
    /** So many builds back a check is looked for. */
    private static final int MOST_BUILDS = 100;

    private final Job<?, ?> job;

    StampTrendAction(final Job<?, ?> job) {
        this.job = job;
    }

    /** Gives the page to jobs whose latest builds have checked something. Asked often, so it loads no build. */
    @Extension
    @SuppressWarnings("rawtypes")
    public static final class Factory extends TransientActionFactory<Job> {
        private static final Logger LOGGER = Logger.getLogger(Factory.class.getName());

        @Override
        public Class<Job> type() {
            return Job.class;
        }

        @Override
        public Class<? extends Action> actionType() {
            return StampTrendAction.class;
        }

        @Override
        public Collection<? extends Action> createFor(final Job target) {
            final Job<?, ?> job = target;
            try {
                return new CheckedBuilds(job.getBuildDir().toPath(), StampHome.FOLDER).any(MOST_BUILDS)
                        ? List.of(new StampTrendAction(job))
                        : List.of();
            } catch (IOException | UncheckedIOException e) {
                LOGGER.log(Level.WARNING, "The builds of " + job.getFullName() + " can't be looked through", e);
                return List.of();
            }
        }
    }

    public Job<?, ?> getJob() {
        return job;
    }

    /** Whether whoever looks may see it. */
    public boolean isVisible() {
        return job.hasPermission(AzureStackHubPermissions.VIEW);
    }

    @Override
    public String getIconFileName() {
        return isVisible() ? "symbol-analytics" : null;
    }

    @Override
    public String getDisplayName() {
        return Messages.StampTrendAction_DisplayName();
    }

    @Override
    public String getUrlName() {
        return StampHome.FOLDER;
    }

    /** Nothing below this page is for those who may not see it. */
    @Override
    public Object getTarget() {
        job.checkPermission(AzureStackHubPermissions.VIEW);
        return this;
    }

    public Api getApi() {
        return new Api(this);
    }

    /**
     * By stamp and build, the latest build first: what was to end first then. Nothing for whoever may not see it: the API
     * of the job hands out its actions without asking for {@link #getTarget}.
     */
    @Exported
    public List<Map<String, Object>> getPoints() {
        return isVisible() ? points() : new ArrayList<>();
    }

    private List<Map<String, Object>> points() {
        final List<Map<String, Object>> points = new ArrayList<>();
        Run<?, ?> build = job.getLastBuild();
        for (int i = 0; build != null && i < MOST_BUILDS; i++) {
            final int number = build.getNumber();
            StampBuildAction.of(build).stream()
                    .flatMap(action -> action.getEvidence().stream())
                    .filter(kept -> kept.getKind().equals(Evidence.CHECK))
                    .forEach(kept -> points.add(point(number, kept)));
            build = build.getPreviousBuild();
        }
        return points;
    }

    private static Map<String, Object> point(final int build, final KeptEvidence kept) {
        final Map<String, Object> point = new LinkedHashMap<>();
        point.put("stamp", kept.getStamp());
        point.put("build", (long) build);
        point.put("next", kept.getNext());
        point.put("daysLeft", kept.getDaysLeft());
        point.put("severity", kept.getState());
        point.put("checkedAt", kept.getAt());
        return point;
    }

    /** A drawing for each stamp, by its name: markup in which every text is escaped. */
    public Map<String, String> getDrawings() {
        final Map<String, List<DaysLeftTrend.Point>> stamps = new TreeMap<>();
        for (final Map<String, Object> point : getPoints()) {
            if (!String.valueOf(point.get("next")).isEmpty()) {
                stamps.computeIfAbsent(String.valueOf(point.get("stamp")), name -> new ArrayList<>())
                        .add(0, drawn(point));
            }
        }
        final Map<String, String> drawings = new LinkedHashMap<>();
        stamps.forEach(
                (stamp, points) -> drawings.put(stamp, DaysLeftTrend.svg(stamp, points, Thresholds.STAMP_ALERTS)));
        return drawings;
    }

    private static DaysLeftTrend.Point drawn(final Map<String, Object> point) {
        return new DaysLeftTrend.Point(
                Math.toIntExact((Long) point.get("build")),
                (Long) point.get("daysLeft"),
                severity(String.valueOf(point.get("severity"))),
                String.valueOf(point.get("next")));
    }

    private static Severity severity(final String name) {
        try {
            return Severity.valueOf(name);
        } catch (IllegalArgumentException e) {
            return Severity.WARNING;
        }
    }
}
