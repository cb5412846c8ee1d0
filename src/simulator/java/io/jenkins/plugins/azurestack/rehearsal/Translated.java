package io.jenkins.plugins.azurestack.rehearsal;

import groovy.lang.Closure;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.codehaus.groovy.runtime.DefaultGroovyMethods;
import org.codehaus.groovy.runtime.StringGroovyMethods;

/**
 * Which methods that Groovy adds to Java's classes may be given a closure in a Jenkinsfile. Pipeline runs closures in a
 * style of its own, and has translated only some of those methods to it (workflow-cps, {@code translatable.txt}); the
 * others fail there with "expected to call ... but wound up catching ...", or quietly do the wrong thing.
 */
final class Translated {
    private static final Set<String> NAMES = Set.of(
            "any",
            "collect",
            "collectEntries",
            "collectMany",
            "collectNested",
            "combinations",
            "count",
            "countBy",
            "downto",
            "dropWhile",
            "each",
            "eachByte",
            "eachCombination",
            "eachMatch",
            "eachPermutation",
            "eachWithIndex",
            "every",
            "find",
            "findAll",
            "findIndexOf",
            "findIndexValues",
            "findLastIndexOf",
            "findResult",
            "findResults",
            "flatten",
            "groupBy",
            "groupEntriesBy",
            "identity",
            "inject",
            "max",
            "min",
            "permutations",
            "removeAll",
            "replaceAll",
            "replaceFirst",
            "retainAll",
            "reverseEach",
            "split",
            "step",
            "sum",
            "takeWhile",
            "times",
            "upto",
            "use",
            "with",
            "withDefault",
            "withEagerDefault",
            "withLazyDefault");

    private static final Set<String> NOT = Stream.of(DefaultGroovyMethods.class, StringGroovyMethods.class)
            .flatMap(type -> Arrays.stream(type.getMethods()))
            .filter(method -> List.of(method.getParameterTypes()).contains(Closure.class))
            .map(Method::getName)
            .filter(name -> !NAMES.contains(name))
            .collect(Collectors.toUnmodifiableSet());

    private Translated() {}

    /** Whether a method is one of Groovy's that Pipeline cannot call with a closure. */
    static boolean isMissing(final String method) {
        return NOT.contains(method);
    }
}
