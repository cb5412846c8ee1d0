package io.jenkins.plugins.azurestack.powershell.psrp;

import io.jenkins.plugins.azurestack.powershell.clixml.PsValue;
import java.util.List;
import java.util.Optional;

/** A pipeline that is written down and can be sent. Immutable. */
final class PipelineRequest {
    private final List<List<Command>> statements;
    private final List<PsValue> input;
    private final PipelineListener listener;

    /** @param input null when the pipeline reads no input */
    PipelineRequest(List<List<Command>> statements, List<PsValue> input, PipelineListener listener) {
        this.statements = statements.stream().map(List::copyOf).toList();
        this.input = input == null ? null : List.copyOf(input);
        this.listener = listener;
    }

    List<List<Command>> statements() {
        return statements;
    }

    Optional<List<PsValue>> input() {
        return Optional.ofNullable(input);
    }

    PipelineListener listener() {
        return listener;
    }

    /** Whether it can only be sent once there is a session key. */
    boolean isSecret() {
        return statements.stream().flatMap(List::stream).anyMatch(Command::isSecret)
                || input().orElse(List.of()).stream().anyMatch(Secrets::within);
    }
}
