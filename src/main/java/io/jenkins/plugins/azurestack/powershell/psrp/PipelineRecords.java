package io.jenkins.plugins.azurestack.powershell.psrp;

import io.jenkins.plugins.azurestack.powershell.clixml.PsValue;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Keeps what a pipeline says for its result and passes it on to the listener. Thread-safe. */
final class PipelineRecords {
    /** Of serialised records; in memory they take a multiple. */
    private static final long MAX_BYTES = 64L << 20;

    private static final int MAX_GAPS = 1000;

    private final PipelineListener listener;
    private final int limit;
    private final List<PsValue> output = new ArrayList<>();
    private final List<ErrorRecord> errors = new ArrayList<>();
    private final List<WarningRecord> warnings = new ArrayList<>();
    private final List<InformationRecord> information = new ArrayList<>();
    private final List<OutputGap> gaps = new ArrayList<>();
    private final List<String> refusedHostCalls = new ArrayList<>();
    private int kept;
    private long keptBytes;
    private boolean overfull;
    private volatile boolean deaf;

    PipelineRecords(PipelineListener listener, int limit) {
        this.listener = listener;
        this.limit = limit;
    }

    /** @param size of its serialised form, in bytes */
    void output(PsValue value, int size) {
        keep(output, value, size);
        tell(l -> l.output(value));
    }

    /** @param size of its serialised form, in bytes */
    void record(StreamRecord streamRecord, int size) {
        if (streamRecord instanceof ErrorRecord error) {
            keep(errors, error, size);
            tell(l -> l.error(error));
        } else if (streamRecord instanceof WarningRecord warning) {
            keep(warnings, warning, size);
            tell(l -> l.warning(warning));
        } else if (streamRecord instanceof InformationRecord info) {
            keep(information, info, size);
            tell(l -> l.information(info));
        } else if (streamRecord instanceof VerboseRecord verbose) {
            tell(l -> l.verbose(verbose));
        } else if (streamRecord instanceof DebugRecord debug) {
            tell(l -> l.debug(debug));
        } else if (streamRecord instanceof ProgressRecord progress) {
            tell(l -> l.progress(progress));
        }
    }

    void gap(OutputGap gap) {
        synchronized (this) {
            if (gaps.size() < MAX_GAPS) {
                gaps.add(gap);
            }
        }
        tell(l -> l.gap(gap));
    }

    synchronized void refused(HostCall call) {
        if (refusedHostCalls.size() < limit) {
            refusedHostCalls.add(call.methodName());
        }
    }

    void tell(Consumer<PipelineListener> news) {
        if (deaf) {
            return;
        }
        try {
            news.accept(listener);
        } catch (RuntimeException e) {
            deaf = true;
            gap(new OutputGap(
                    OutputGap.Cause.LISTENER_FAILED,
                    "the listener threw " + e.getClass().getName() + " and was not called any more"));
        }
    }

    private <T> void keep(List<T> list, T element, int size) {
        OutputGap notKept;
        synchronized (this) {
            if (!overfull && kept < limit && keptBytes + size <= MAX_BYTES) {
                kept++;
                keptBytes += size;
                list.add(element);
                return;
            }
            if (overfull) {
                return;
            }
            overfull = true;
            notKept = new OutputGap(OutputGap.Cause.NOT_KEPT, "only the first " + kept + " records are kept");
        }
        gap(notKept);
    }

    synchronized PipelineResult result(PipelineState state) {
        return new PipelineResult(state, output, errors, warnings, information, gaps, refusedHostCalls);
    }
}
