package org.jenkinsci.plugins.workflow.graphanalysis;

import java.util.Collection;
import java.util.List;
import org.jenkinsci.plugins.workflow.graph.FlowNode;

public abstract class AbstractFlowScanner {
    public AbstractFlowScanner() {}

    public List<FlowNode> allNodes(Collection<FlowNode> heads) {
        throw new UnsupportedOperationException();
    }
}
