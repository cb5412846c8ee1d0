package io.jenkins.plugins.azurestack.rehearsal;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** A rehearsal as JSON, for scripts. Stateless. */
final class RehearsalJson {
    private RehearsalJson() {}

    static ObjectNode of(final RehearsalReport report) {
        final ObjectNode json = new ObjectMapper()
                .createObjectNode()
                .put("schema", 1)
                .put("rehearsedOutsideJenkins", true)
                .put("file", report.file())
                .put("result", report.result().name())
                .put("began", report.began().toString())
                .put("ended", report.ended().toString());
        final ArrayNode stamps = json.putArray("stamps");
        report.setting().simulations().forEach(simulation -> {
            final ObjectNode stamp = stamps.addObject();
            stamp(stamp, simulation);
            findings(stamp, report.findings().get(simulation.stampName()));
        });
        final ArrayNode stages = json.putArray("stages");
        for (final Proceedings.Stage stage : report.proceedings().stages()) {
            texts(stages.addObject(), "path", stage.path())
                    .put("result", stage.result().map(Enum::name).orElse("SKIPPED"))
                    .put("remark", stage.remark());
        }
        final ArrayNode steps = json.putArray("steps");
        for (final Proceedings.Step step : report.proceedings().steps()) {
            final ObjectNode node = steps.addObject()
                    .put("step", step.name())
                    .put("arguments", step.arguments())
                    .put("line", step.line())
                    .put("at", step.at().toString())
                    .put("did", step.did())
                    .put("failed", step.failed());
            texts(node, "stages", step.stages());
            texts(node, "console", step.said());
        }
        final ArrayNode approvals = json.putArray("approvals");
        report.proceedings().approvals().forEach(approval -> approvals
                .addObject()
                .put("message", approval.message())
                .put("approver", approval.approver())
                .put("submitters", approval.submitters())
                .put("at", approval.at().toString()));
        final ArrayNode files = json.putArray("files");
        report.files()
                .forEach(file -> files.addObject().put("path", file.path()).put("bytes", file.bytes()));
        texts(json, "notProved", RehearsalReport.NOT_PROVED);
        return json;
    }

    private static void stamp(final ObjectNode node, final Simulation simulation) {
        node.put("name", simulation.stampName())
                .put("domain", simulation.stamp().domain())
                .put("identityProvider", simulation.identity().name())
                .put("version", simulation.version())
                .put("nodes", simulation.nodes())
                .put("timeFactor", simulation.timeFactor());
    }

    private static void findings(final ObjectNode json, final StampFindings findings) {
        final ArrayNode faults = json.putArray("faults");
        findings.faults().forEach(fault -> faults.addObject()
                .put("fault", fault.written())
                .put("struck", fault.struck())
                .put("occasions", fault.occasions()));
        final ObjectNode ledger = json.putObject("ledger");
        ledger.put("startSecretRotation", findings.rotations().size());
        ledger.put("failedLogons", findings.failedLogons());
        final ArrayNode calls = ledger.putArray("calls");
        findings.tallies().forEach(tally -> calls.addObject()
                .put("service", tally.service())
                .put("outcome", tally.outcome())
                .put("calls", tally.calls()));
        final ArrayNode rotations = ledger.putArray("rotations");
        for (final StampFindings.Started started : findings.rotations()) {
            final ObjectNode rotation = rotations.addObject();
            final ObjectNode parameters = rotation.putObject("parameters");
            started.parameters().forEach(parameters::put);
            rotation.put("outcome", started.outcome());
        }
    }

    private static ObjectNode texts(final ObjectNode node, final String name, final List<String> texts) {
        final ArrayNode array = node.putArray(name);
        texts.forEach(array::add);
        return node;
    }
}
