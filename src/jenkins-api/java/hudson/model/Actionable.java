package hudson.model;

public abstract class Actionable extends AbstractModelObject {
    public boolean addOrReplaceAction(Action a) {
        throw new UnsupportedOperationException();
    }
}
