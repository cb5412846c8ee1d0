package io.jenkins.plugins.azurestack.rehearsal;

import java.util.HashMap;
import java.util.Map;

/** {@code currentBuild} as a Jenkinsfile sees it; only the members that need no Jenkins. */
public final class CurrentBuild {
    private final Build build;
    private String displayName = "#" + Build.NUMBER;
    private String description = "";

    CurrentBuild(final Build build) {
        this.build = build;
    }

    /** Null as long as nothing was set. */
    public String getResult() {
        return build.result().map(Enum::name).orElse(null);
    }

    /** Sets the result; it can only get worse. */
    public void setResult(final String result) {
        build.worsen(named(result));
    }

    public String getCurrentResult() {
        return build.current().name();
    }

    public boolean resultIsBetterOrEqualTo(final String other) {
        return !build.current().isWorseThan(named(other));
    }

    public boolean resultIsWorseOrEqualTo(final String other) {
        return !named(other).isWorseThan(build.current());
    }

    public int getNumber() {
        return Build.NUMBER;
    }

    public String getDisplayName() {
        return displayName;
    }

    public void setDisplayName(final String displayName) {
        this.displayName = displayName;
    }

    public String getDescription() {
        return description;
    }

    public void setDescription(final String description) {
        this.description = description;
    }

    public String getProjectName() {
        return Build.JOB;
    }

    public String getFullProjectName() {
        return Build.JOB;
    }

    public String getFullDisplayName() {
        return Build.JOB + " " + displayName;
    }

    public String getAbsoluteUrl() {
        return build.environment().get("BUILD_URL");
    }

    public String getDurationString() {
        return "a few seconds and counting";
    }

    /** The build before, with its {@code result}, {@code currentResult} and {@code number}; null if there is none. */
    public Map<String, Object> getPreviousBuild() {
        return build.previous()
                .map(result -> {
                    final Map<String, Object> before = new HashMap<>();
                    before.put("result", result.name());
                    before.put("currentResult", result.name());
                    before.put("number", Build.NUMBER - 1);
                    return before;
                })
                .orElse(null);
    }

    private static BuildResult named(final String result) {
        return BuildResult.named(String.valueOf(result))
                .orElseThrow(() -> new IllegalArgumentException("'" + result + "' is no result of a build; there are "
                        + java.util.Arrays.toString(BuildResult.values())));
    }
}
