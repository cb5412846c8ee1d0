package io.jenkins.plugins.azurestack.wiring;

import io.jenkins.plugins.azurestack.report.RotationJson;
import io.jenkins.plugins.azurestack.stamp.Text;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A file that a build keeps of what was planned or done. Stateless. */
final class KeptFile {
    private KeptFile() {}

    /**
     * Saves it. One that can't be saved fails nothing: the build says so.
     *
     * @param content what is in the file
     * @param result the step's, which names the file where later steps find it
     */
    static void save(
            final StepEnvironment environment,
            final String name,
            final Map<String, Object> content,
            final Map<String, Object> result)
            throws IOException, InterruptedException {
        try {
            final StepEnvironment.Saved saved = environment.save(name, RotationJson.bytes(content));
            environment.log("Saved: " + saved.place());
            if (saved.inWorkspace()) {
                result.put("files", new ArrayList<Object>(List.of(name)));
            }
        } catch (IOException | RuntimeException e) {
            // An agent that is lost ends what is asked of it with an exception of the runtime's.
            final String message =
                    name + " could not be saved: " + Text.printable(e.getMessage()) + ". What it says is in this log.";
            environment.log("ERROR: " + message);
            environment.mark(StepEnvironment.Outcome.UNSTABLE, message);
        }
    }
}
