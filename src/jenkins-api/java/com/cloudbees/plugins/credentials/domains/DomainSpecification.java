package com.cloudbees.plugins.credentials.domains;

import hudson.ExtensionPoint;
import hudson.model.Describable;
import java.io.Serializable;

public abstract class DomainSpecification implements Describable<DomainSpecification>, ExtensionPoint, Serializable {
    private static final long serialVersionUID = 1L;
}
