package io.jenkins.plugins.azurestack.powershell.psrp;

import io.jenkins.plugins.azurestack.powershell.clixml.PsValue;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Keeps what a pipeline says for its result and passes it on to the listener. Thread-safe. */
final class PipelineRecords {
    private final PipelineListener listener;
    private final int limit;
    private final List<PsValue> output = new ArrayList<>();
    private final List<ErrorRecord> errors = new ArrayList<>();
    private final List<WarningRecord> warnings = new ArrayList<>();
    private final List<InformationRecord> information = new ArrayList<>();
    private final List<OutputGap> gaps = new ArrayList<>();
    private final List<String> refusedHostCalls = new ArrayList<>();
    private int kept;
    private boolean overfull;
    private volatile boolean deaf;

    PipelineRecords(PipelineListener listener, int limit) {
        this.listener = listener;
        this.limit = limit;
    }

    void output(PsValue value) {
        keep(output, value);
        tell(l -> l.output(value));
    }

    void record(StreamRecord streamRecord) {
        if (streamRecord instanceof ErrorRecord error) {
            keep(errors, error);
            tell(l -> l.error(error));
        } else if (streamRecord instanceof WarningRecord warning) {
            keep(warnings, warning);
            tell(l -> l.warning(warning));
        } else if (streamRecord instanceof InformationRecord info) {
            keep(information, info);
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
            gaps.add(gap);
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

    private <T> void keep(List<T> list, T element) {
        boolean first;
        synchronized (this) {
            if (kept < limit) {
                kept++;
                list.add(element);
                return;
            }
            first = !overfull;
            overfull = true;
        }
        if (first) {
            gap(new OutputGap(OutputGap.Cause.NOT_KEPT, "only the first " + limit + " records are kept"));
        }
    }

    synchronized PipelineResult result(PipelineState state) {
        return new PipelineResult(state, output, errors, warnings, information, gaps, refusedHostCalls);
    }
}
