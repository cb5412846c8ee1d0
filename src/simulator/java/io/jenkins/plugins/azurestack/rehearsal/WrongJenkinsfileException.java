package io.jenkins.plugins.azurestack.rehearsal;

import java.util.List;
import java.util.stream.Collectors;

/** Says that a Jenkinsfile is not fit to run: every mistake found, with its place and the line it is in. */
public final class WrongJenkinsfileException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Mistake> mistakes;

    WrongJenkinsfileException(final Jenkinsfile file, final List<Mistake> mistakes) {
        super(mistakes.stream().map(file::show).collect(Collectors.joining(System.lineSeparator())));
        this.mistakes = List.copyOf(mistakes);
    }

    /** Every mistake, in the order of the file. */
    public List<Mistake> mistakes() {
        return mistakes;
    }
}
