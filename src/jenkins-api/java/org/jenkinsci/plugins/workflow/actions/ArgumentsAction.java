package org.jenkinsci.plugins.workflow.actions;

import java.util.Map;
import org.jenkinsci.plugins.workflow.graph.FlowNode;

public abstract class ArgumentsAction implements PersistentAction {
    public ArgumentsAction() {}

    public static Map<String, Object> getArguments(FlowNode n) {
        throw new UnsupportedOperationException();
    }
}
