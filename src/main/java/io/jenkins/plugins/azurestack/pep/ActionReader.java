package io.jenkins.plugins.azurestack.pep;

import io.jenkins.plugins.azurestack.pep.ActionReport.Status;
import io.jenkins.plugins.azurestack.powershell.clixml.CliXmlException;
import io.jenkins.plugins.azurestack.powershell.clixml.PsValue;
import io.jenkins.plugins.azurestack.stamp.Text;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts together what a stamp says of an action plan, line by line and object by object, in the words of every generation:
 * {@code Overall action status: Success} (until early 2020), {@code CurrentStatus: Completed} and {@code DONE} (until
 * 2021), {@code Action plan finished with status: 'Completed'} (since 2022), and the action plan's object. A bare
 * {@code DONE} only says that the talking is over. Not thread-safe.
 */
final class ActionReader {
    private static final String GUID = "([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})";
    private static final Pattern INSTANCE = Pattern.compile(
            "(?:instance\\s*ID(?: specified)?|ActionPlanInstanceID)\\W*" + GUID, Pattern.CASE_INSENSITIVE);
    private static final Pattern STARTED = Pattern.compile("StartTime:\\s*(\\d{2}/\\d{2}/\\d{4} \\d{2}:\\d{2}:\\d{2})");
    private static final Pattern STATUS = Pattern.compile(
            "(?:Overall action status|CurrentStatus|Action plan finished with status)\\s*:\\s*'?(\\w+)'?",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern STEP =
            Pattern.compile("Step '(.{1,200}?)' status: '(\\w*)'", Pattern.CASE_INSENSITIVE);
    private static final DateTimeFormatter US = DateTimeFormatter.ofPattern("MM/dd/yyyy HH:mm:ss", Locale.ROOT);

    private static final Map<String, Status> WORDS = words();

    private Optional<String> instance = Optional.empty();
    private Optional<Instant> started = Optional.empty();
    private Optional<Status> status = Optional.empty();
    private String words = "";

    /** A step that a line spoke of. */
    record Step(String name, String status) {}

    private static Map<String, Status> words() {
        final Map<String, Status> words = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        words.put("Completed", Status.COMPLETED);
        words.put("Success", Status.COMPLETED);
        words.put("Succeeded", Status.COMPLETED);
        words.put("Running", Status.RUNNING);
        words.put("Pending", Status.RUNNING);
        words.put("InProgress", Status.RUNNING);
        words.put("NotStarted", Status.RUNNING);
        words.put("Failed", Status.FAILED);
        words.put("Error", Status.FAILED);
        words.put("Canceled", Status.CANCELED);
        words.put("Cancelled", Status.CANCELED);
        return words;
    }

    /** What a word for a status means; {@link Status#NOT_UNDERSTOOD} if no known stamp uses it. */
    static Status status(final String word) {
        return WORDS.getOrDefault(word.strip(), Status.NOT_UNDERSTOOD);
    }

    /**
     * Takes in a line of any stream.
     *
     * @return the step it speaks of, if it does
     */
    Optional<Step> accept(final String line) {
        final Matcher id = INSTANCE.matcher(line);
        if (id.find()) {
            instance(id.group(1));
        }
        final Matcher start = STARTED.matcher(line);
        if (start.find()) {
            started = started.or(() -> usTime(start.group(1)));
        }
        final Matcher state = STATUS.matcher(line);
        if (state.find()) {
            status = Optional.of(status(state.group(1)));
            words = Text.printable(line.strip());
        }
        final Matcher step = STEP.matcher(line);
        return step.find() ? Optional.of(new Step(Text.printable(step.group(1)), step.group(2))) : Optional.empty();
    }

    /**
     * Takes in an object of the output: an action plan, its id, or text.
     *
     * @return whether it was an action plan
     */
    boolean accept(final PsValue value) {
        final PsValue state = value.property("Status");
        final PsValue id = value.property("InstanceID");
        if (state.isNull() && id.isNull()) {
            final String text = value.asString();
            if (text.matches(GUID)) {
                instance(text);
            } else {
                text.lines().forEach(this::accept);
            }
            return false;
        }
        if (!id.isNull()) {
            instance = Optional.of(id.asString().toLowerCase(Locale.ROOT));
        }
        if (!state.isNull()) {
            status = Optional.of(status(state.asString()));
            words = Text.printable(described(value, state.asString()));
        }
        started = instant(value.property("StartDateTime")).or(() -> started);
        return true;
    }

    private static String described(final PsValue plan, final String state) {
        final String name = plan.property("ActionTypeName").asString();
        return (name.isEmpty() ? "action plan" : name) + " is " + state
                + FailedSteps.of(plan.property("ProgressAsXml").asString());
    }

    private void instance(final String id) {
        instance = instance.or(() -> Optional.of(id.toLowerCase(Locale.ROOT)));
    }

    private static Optional<Instant> usTime(final String text) {
        try {
            return Optional.of(LocalDateTime.parse(text, US).toInstant(ZoneOffset.UTC));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> instant(final PsValue value) {
        if (value.isNull()) {
            return Optional.empty();
        }
        try {
            return Optional.of(value.asInstant());
        } catch (CliXmlException e) {
            return usTime(value.asString());
        }
    }

    /** The action plan's id, as far as it was named. */
    Optional<String> instance() {
        return instance;
    }

    /** Whether anything was said of an action plan. */
    boolean heardOfOne() {
        return instance.isPresent() || status.isPresent();
    }

    /** All that was said, put together. */
    ActionReport report() {
        return new ActionReport(instance, started, status.orElse(Status.NOT_UNDERSTOOD), words);
    }
}
