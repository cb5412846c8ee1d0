package io.jenkins.plugins.azurestack.wiring;

import io.jenkins.plugins.azurestack.change.ChangeListener;
import io.jenkins.plugins.azurestack.report.RunLog;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Passes on to the build what a change says, and keeps its phases, steps and notes for the evidence. Thread-safe. */
final class Heard implements ChangeListener {
    /** So many lines say how many are done. */
    private static final int LINES = 8;

    private final MaintenanceEnvironment environment;
    private final Clock clock;
    private final List<Object> events = Collections.synchronizedList(new ArrayList<>());

    Heard(final MaintenanceEnvironment environment, final Clock clock) {
        this.environment = environment;
        this.clock = clock;
    }

    @Override
    public void phase(final Phase phase, final String sentence) {
        environment.status(sentence);
        environment.log(RunLog.phase(phase, sentence));
        keep("phase", phase.word(), sentence);
    }

    @Override
    public void line(final String text) {
        environment.log("  " + text);
    }

    @Override
    public void note(final String text) {
        environment.log("  " + text);
        keep("note", "", text);
    }

    @Override
    public void step(final String name, final String status) {
        environment.status("the action plan is at step '" + name + "', " + status);
        environment.log(RunLog.step(name, status));
        keep("step", name, status);
    }

    @Override
    public void progress(final String what, final int done, final int of) {
        environment.status(done + " of " + of + " " + what);
        if (done == of || done % Math.max(1, of / LINES) == 0) {
            environment.log("  " + done + " of " + of + " " + what);
        }
    }

    private void keep(final String kind, final String name, final String words) {
        final Map<String, Object> event = new LinkedHashMap<>();
        event.put("at", clock.instant().toString());
        event.put("kind", kind);
        event.put("name", name);
        event.put("words", words);
        events.add(event);
    }

    /** What was kept, in a new list. */
    List<Object> events() {
        return new ArrayList<>(events);
    }
}
