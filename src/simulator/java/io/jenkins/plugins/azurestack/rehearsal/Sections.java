package io.jenkins.plugins.azurestack.rehearsal;

import groovy.lang.Closure;
import groovy.lang.GroovyObjectSupport;
import groovy.lang.MissingPropertyException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.codehaus.groovy.runtime.InvokerHelper;

/** Runs the closure of a Declarative section and collects what stands in it: calls and assignments, unjudged. */
final class Sections extends GroovyObjectSupport {
    /** Words that Declarative lets stand without quotes. */
    private static final List<String> BARE = List.of("any", "none");

    /**
     * One word with its arguments.
     *
     * @param arguments as Groovy packed them
     */
    record Word(String name, List<Object> arguments) {
        /** The closure that belongs to it. */
        Closure<?> block() {
            return (Closure<?>) arguments.get(arguments.size() - 1);
        }

        boolean hasBlock() {
            return !arguments.isEmpty() && arguments.get(arguments.size() - 1) instanceof Closure;
        }
    }

    private final List<Word> words = new ArrayList<>();
    private final Map<String, Object> assigned = new LinkedHashMap<>();

    private final Optional<Object> called;

    /** @param called what calls go to; empty if they are collected */
    private Sections(final Optional<Object> called) {
        this.called = called;
    }

    static Sections of(final Closure<?> block) {
        return run(block, Optional.empty());
    }

    /** For a section of assignments: what is called in their values is the script's own or a step. */
    static Map<String, Object> assignments(final Closure<?> block) {
        return run(block, Optional.of(block.getThisObject())).assigned;
    }

    private static Sections run(final Closure<?> block, final Optional<Object> called) {
        final Sections sections = new Sections(called);
        final Closure<?> own = (Closure<?>) block.clone();
        own.setDelegate(sections);
        own.setResolveStrategy(Closure.DELEGATE_FIRST);
        own.call();
        return sections;
    }

    List<Word> words() {
        return List.copyOf(words);
    }

    Optional<Word> word(final String name) {
        return words.stream().filter(word -> word.name().equals(name)).findFirst();
    }

    @Override
    public Object invokeMethod(final String name, final Object args) {
        if (called.isPresent()) {
            return InvokerHelper.invokeMethod(called.get(), name, args);
        }
        final List<Object> arguments =
                Arrays.asList(args instanceof Object[] many ? many.clone() : new Object[] {args});
        words.removeIf(nested -> arguments.stream().anyMatch(argument -> argument == nested));
        final Word word = new Word(name, arguments);
        words.add(word);
        return word;
    }

    @Override
    public Object getProperty(final String property) {
        if (assigned.containsKey(property)) {
            return assigned.get(property);
        }
        if (BARE.contains(property)) {
            return property;
        }
        throw new MissingPropertyException(property, Sections.class);
    }

    @Override
    public void setProperty(final String property, final Object value) {
        assigned.put(property, value);
    }
}
