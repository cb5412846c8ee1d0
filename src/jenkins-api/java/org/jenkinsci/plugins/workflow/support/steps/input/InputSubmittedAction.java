package org.jenkinsci.plugins.workflow.support.steps.input;

import java.util.Map;
import org.jenkinsci.plugins.workflow.actions.PersistentAction;

public class InputSubmittedAction implements PersistentAction {
    public InputSubmittedAction(String approver, Map<String, Object> parameters) {}

    public String getApprover() {
        throw new UnsupportedOperationException();
    }

    @Override
    public String getIconFileName() {
        throw new UnsupportedOperationException();
    }

    @Override
    public String getDisplayName() {
        throw new UnsupportedOperationException();
    }

    @Override
    public String getUrlName() {
        throw new UnsupportedOperationException();
    }
}
