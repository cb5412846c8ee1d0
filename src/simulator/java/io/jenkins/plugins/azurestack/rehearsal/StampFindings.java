package io.jenkins.plugins.azurestack.rehearsal;

import io.jenkins.plugins.azurestack.simulator.world.Faults;
import io.jenkins.plugins.azurestack.simulator.world.Ledger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the simulated stamp saw of a rehearsal, from its own ledger.
 *
 * @param tallies calls and handshakes by service and outcome
 * @param rotations how often {@code Start-SecretRotation} was called, with what became of each call
 * @param failedLogons how many logons were refused, on whichever service
 * @param faults what became of those that were armed
 */
record StampFindings(List<Tally> tallies, List<Started> rotations, long failedLogons, List<Faults.Report> faults) {
    private static final String START = "Start-SecretRotation";
    private static final String LOGON = "Logon";
    private static final String WRONG_SHARE_PASSWORD = "The user name or password is incorrect.";
    private static final String UNAUTHORIZED = "401";

    StampFindings {
        tallies = List.copyOf(tallies);
        rotations = List.copyOf(rotations);
        faults = List.copyOf(faults);
    }

    /** How many calls of a service had an outcome. */
    record Tally(String service, String outcome, long calls) {}

    /** A call of {@code Start-SecretRotation}: its parameters without secrets, and what became of it. */
    record Started(Map<String, String> parameters, String outcome) {
        Started {
            parameters = java.util.Collections.unmodifiableMap(new TreeMap<>(parameters));
        }
    }

    /** Of a stamp that nobody wanted. */
    static StampFindings none(final List<String> armed) {
        return new StampFindings(
                List.of(),
                List.of(),
                0,
                armed.stream().map(fault -> new Faults.Report(fault, 0, false)).toList());
    }

    /** Sums up a ledger. */
    static StampFindings of(final Ledger ledger, final List<Faults.Report> faults) {
        final Map<String, Map<String, Long>> counts = new TreeMap<>();
        final List<Started> rotations = new ArrayList<>();
        long failedLogons = 0;
        for (final Ledger.Entry entry : ledger.entries()) {
            if (entry instanceof Ledger.Handshake handshake) {
                count(counts, "FRONT_END", handshake.outcome().name());
            } else {
                final Ledger.Call call = (Ledger.Call) entry;
                count(counts, call.service().name(), call.outcome());
                failedLogons += isFailedLogon(call) ? 1 : 0;
                if (call.service() == Ledger.Service.CMDLET && call.action().equalsIgnoreCase(START)) {
                    rotations.add(new Started(call.details(), call.outcome()));
                }
            }
        }
        final List<Tally> tallies = new ArrayList<>();
        counts.forEach((service, outcomes) -> outcomes.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .forEach(outcome -> tallies.add(new Tally(service, outcome.getKey(), outcome.getValue()))));
        return new StampFindings(tallies, rotations, failedLogons, faults);
    }

    private static void count(final Map<String, Map<String, Long>> counts, final String service, final String outcome) {
        counts.computeIfAbsent(service, key -> new TreeMap<>()).merge(outcome, 1L, Long::sum);
    }

    private static boolean isFailedLogon(final Ledger.Call call) {
        return switch (call.service()) {
            case WSMAN -> call.action().equals(LOGON) && !call.isDone();
            case RESOURCE_MANAGER -> call.action().endsWith("/token") && !call.isDone();
            // A session that is ended twice is no logon.
            case BMC ->
                UNAUTHORIZED.equals(call.details().get("status"))
                        && !call.action().startsWith("DELETE");
            case SHARE -> call.outcome().equals(WRONG_SHARE_PASSWORD);
            case CMDLET, ENGINE -> false;
        };
    }
}
