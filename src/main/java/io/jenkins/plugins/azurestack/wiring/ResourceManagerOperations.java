package io.jenkins.plugins.azurestack.wiring;

import io.jenkins.plugins.azurestack.arm.Activity;
import io.jenkins.plugins.azurestack.arm.FabricLocation;
import io.jenkins.plugins.azurestack.arm.ResourceManager;
import io.jenkins.plugins.azurestack.arm.ResourceManagerException;
import io.jenkins.plugins.azurestack.arm.UpdateStatus;
import io.jenkins.plugins.azurestack.rotation.StampOperations;
import io.jenkins.plugins.azurestack.rotation.StampOperations.Alert.Expiring;
import io.jenkins.plugins.azurestack.stamp.NotKnownException;
import io.jenkins.plugins.azurestack.stamp.StampVersion;
import io.jenkins.plugins.azurestack.stamp.Text;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** What the admin Resource Manager knows of a stamp, as the rotation engine wants it. Only reads. Thread-safe. */
public final class ResourceManagerOperations implements StampOperations {
    private static final String ADVICE =
            "Mend the way to Resource Manager; or, if that is what the rotation is for, accept it by name.";
    private static final String NOT_UNDERSTOOD =
            "Look in the administrator portal, and report the words to the plugin's maintainers.";

    /** Characters of a message that is passed on. */
    private static final int LONGEST = 2000;

    private final ResourceManager manager;

    /** @param manager stays the caller's to close */
    public ResourceManagerOperations(final ResourceManager manager) {
        this.manager = Objects.requireNonNull(manager, "manager");
    }

    /** A question to Resource Manager. */
    interface Question<T> {
        T ask() throws ResourceManagerException, InterruptedException;
    }

    static <T> T known(final Question<T> question) throws NotKnownException, InterruptedException {
        try {
            return question.ask();
        } catch (ResourceManagerException e) {
            throw new NotKnownException(Text.printable(e.getMessage(), LONGEST).replaceAll("[.]$", ""), ADVICE, e);
        }
    }

    /** The stamp's version; unknown if Resource Manager can't be asked, or says none. */
    public StampVersion version() throws InterruptedException {
        try {
            return StampVersion.parse(manager.updates().currentVersion());
        } catch (ResourceManagerException e) {
            return StampVersion.UNKNOWN;
        }
    }

    @Override
    public Optional<String> exclusiveOperation() throws NotKnownException, InterruptedException {
        final FabricLocation fabric = known(manager::fabricLocation);
        return running(
                fabric.exclusiveOperation(),
                fabric.operation(),
                "Resource Manager does not say whether an exclusive operation runs");
    }

    @Override
    public Optional<String> runningUpdate() throws NotKnownException, InterruptedException {
        final UpdateStatus updates = known(manager::updates);
        final StringBuilder states = new StringBuilder(updates.state());
        updates.updates().stream()
                .filter(update -> !update.state().equalsIgnoreCase("Installed"))
                .forEach(update ->
                        states.append(", ").append(update.version()).append(' ').append(update.state()));
        return running(
                updates.activity(),
                states.toString(),
                "Resource Manager says of updates what is not understood: '" + states + "'");
    }

    private static Optional<String> running(final Activity activity, final String name, final String unknown)
            throws NotKnownException {
        return switch (activity) {
            case NONE -> Optional.empty();
            case RUNNING -> Optional.of(name.isBlank() ? "without a name" : Text.printable(name));
            case UNKNOWN -> throw new NotKnownException(Text.printable(unknown), NOT_UNDERSTOOD);
        };
    }

    @Override
    public List<Alert> activeAlerts() throws NotKnownException, InterruptedException {
        return known(manager::activeAlerts).stream()
                .map(ResourceManagerOperations::alert)
                .toList();
    }

    @Override
    public List<Alert> closedAlerts(final Instant since) throws NotKnownException, InterruptedException {
        return known(manager::alerts).stream()
                .filter(alert -> !alert.active()
                        && alert.created().filter(at -> !at.isBefore(since)).isPresent())
                .map(ResourceManagerOperations::alert)
                .toList();
    }

    private static Alert alert(final io.jenkins.plugins.azurestack.arm.Alert alert) {
        return new Alert(
                alert.id(),
                Text.printable(alert.title()),
                alert.severity().name().toLowerCase(Locale.ROOT),
                expiring(alert));
    }

    /**
     * Which secrets an alert is about: by the type of its fault, or by its title, since that of service accounts comes
     * with a type that no source names.
     */
    static Optional<Expiring> expiring(final io.jenkins.plugins.azurestack.arm.Alert alert) {
        if (!alert.isExpiry()) {
            return Optional.empty();
        }
        final String words = (alert.faultTypeId() + " " + alert.title()).toLowerCase(Locale.ROOT);
        if (words.contains("root")) {
            return Optional.of(Expiring.ROOT_CERTIFICATE);
        }
        if (words.contains("external")) {
            return Optional.of(Expiring.EXTERNAL_CERTIFICATE);
        }
        if (words.contains("internal")) {
            return Optional.of(Expiring.INTERNAL_CERTIFICATE);
        }
        return words.contains("service account") || words.contains("serviceaccount")
                ? Optional.of(Expiring.SERVICE_ACCOUNT)
                : Optional.empty();
    }
}
