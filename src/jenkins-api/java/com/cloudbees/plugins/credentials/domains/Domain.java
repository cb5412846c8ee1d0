package com.cloudbees.plugins.credentials.domains;

import java.io.Serializable;
import java.util.List;

public class Domain implements Serializable {
    private static final long serialVersionUID = 1L;

    public Domain(String name, String description, List<DomainSpecification> specifications) {}
}
