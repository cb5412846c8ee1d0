package io.jenkins.plugins.azurestack.bench;

import io.jenkins.plugins.azurestack.powershell.wsman.SealedRoundTrips;
import io.jenkins.plugins.azurestack.powershell.wsman.SealedRoundTrips.Trip;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Throughput on one channel: sealed requests per second, and payload bytes per second, one request after the other over
 * one authenticated connection, next to pywinrm's transport with the same envelope against the same server. Medians of
 * rounds in turns. The time for a request is that of the whole trip, server and loopback included; what these take alone
 * ('bare': a client that only writes and reads) is reported besides, and so is what RC4 and HMAC-MD5 take for the
 * envelope in this JVM: with large payloads nearly all, for whoever seals.
 *
 * <p>Client and server share one processor, which suits their taking turns. On two, each hand-over wakes an idle one: that
 * can take longer than all the rest, hides the client, and changes with the machine's mood; it is measured too, without
 * a floor.
 */
final class RoundTripBenchmark implements Benchmark {
    private static final int ROUNDS = 5;
    private static final int WARM_UP = 8;
    private static final int PEER_WARM_UP = 50;
    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();
    private static final String ONE_PROCESSOR = "0";
    private static final double FLOOR = 1;
    private static final double FLOOR_OF_SMALL = 10;

    /** One size of payload; fewer trips of larger ones, so that each round takes about as long; floor 0 for none. */
    private record Size(String name, int bytes, int count, int peerCount, double floor) {}

    private static final List<Size> SIZES = List.of(
            new Size("100-b", 100, 6000, 1000, FLOOR_OF_SMALL),
            new Size("32-kb", 32_000, 1500, 500, FLOOR),
            new Size("400-kb", 400_000, 150, 100, FLOOR));

    private static final Size SPREAD = new Size("100-b-spread", 100, 6000, 1000, 0);

    @Override
    public String name() {
        return "round-trips";
    }

    @Override
    public List<String> programs() {
        return List.of("python3", "taskset");
    }

    @Override
    public void run(final Path folder, final Scores scores) throws Exception {
        try {
            Shell.run(folder, List.of("/usr/bin/python3", "-c", "import winrm, requests_ntlm"));
        } catch (IOException e) {
            scores.skipped(name(), "needs Debian's python3-winrm and python3-requests-ntlm");
            return;
        }
        try (SealedRoundTrips trips = new SealedRoundTrips(folder)) {
            try {
                place(folder, trips, ONE_PROCESSOR);
                for (final Size size : SIZES) {
                    compare(trips, size, scores);
                }
            } finally {
                place(folder, trips, "0-" + (PROCESSORS - 1));
            }
            compare(trips, SPREAD, scores);
        }
    }

    /** Lets this program, the server, and what is started from now on run on these processors only. */
    private static void place(final Path folder, final SealedRoundTrips trips, final String processors)
            throws Exception {
        for (final long pid : new long[] {ProcessHandle.current().pid(), trips.serverPid()}) {
            Shell.run(folder, List.of("taskset", "-a", "-c", "-p", processors, Long.toString(pid)));
        }
    }

    private static void compare(final SealedRoundTrips trips, final Size size, final Scores scores) throws Exception {
        // The compiler has to be done before one processor is shared with it.
        trips.channel(size.bytes(), WARM_UP * size.count(), 1);
        trips.calls(size.bytes(), WARM_UP * size.count(), 1);
        final List<Trip> bare = new ArrayList<>();
        final List<Trip> channel = new ArrayList<>();
        final List<Trip> calls = new ArrayList<>();
        final List<Trip> peer = new ArrayList<>();
        final int warmUp = size.count() / 10;
        // In turns, so that whatever else the machine does meets all of them.
        for (int round = 0; round < ROUNDS; round++) {
            channel.add(trips.channel(size.bytes(), warmUp, size.count()));
            peer.add(trips.pywinrm(size.bytes(), PEER_WARM_UP, size.peerCount()));
            calls.add(trips.calls(size.bytes(), warmUp, size.count()));
            bare.add(trips.bare(size.bytes(), warmUp, size.count()));
        }
        report(scores, size, "channel", channel);
        report(scores, size, "calls", calls);
        report(scores, size, "pywinrm", peer);
        report(scores, size, "bare", bare);
        figure(scores, size, "sealing-alone.us", SealedRoundTrips.sealing(size.bytes(), size.count()));
        final double theirs = median(peer, Trip::clock);
        final double throughput = theirs / median(channel, Trip::clock);
        if (size.floor() > 0) {
            scores.ratio(name("requests-per-second", size), throughput, size.floor());
        } else {
            scores.ratio(name("requests-per-second", size), throughput);
        }
        scores.ratio(
                name("processor-per-request", size), median(peer, Trip::client) / median(channel, Trip::client), FLOOR);
        scores.ratio(name("calls-to-pywinrm-transport", size), theirs / median(calls, Trip::clock));
    }

    private static void report(final Scores scores, final Size size, final String who, final List<Trip> trips) {
        final double perSecond = 1e6 / median(trips, Trip::clock);
        figure(scores, size, who + ".requests-per-second", perSecond);
        figure(scores, size, who + ".megabytes-per-second", perSecond * size.bytes() / 1e6);
        figure(scores, size, who + ".client-processor.us", median(trips, Trip::client));
        figure(scores, size, who + ".server-processor.us", median(trips, Trip::server));
    }

    private static void figure(final Scores scores, final Size size, final String what, final double value) {
        scores.figure(name(what, size), value);
    }

    private static String name(final String what, final Size size) {
        return "round-trips." + size.name() + "." + what;
    }

    private static double median(final List<Trip> trips, final ToDoubleFunction<Trip> which) {
        return trips.stream().mapToDouble(which).sorted().toArray()[trips.size() / 2];
    }
}
