package io.jenkins.plugins.casc.model;

import io.jenkins.plugins.casc.ConfiguratorException;

public interface CNode extends Cloneable {
    default Mapping asMapping() throws ConfiguratorException {
        throw new UnsupportedOperationException();
    }
}
