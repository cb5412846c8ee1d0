/**
 * Breaks the sources on purpose, one rule at a time, and expects tests to notice. The mutants themselves are lists in
 * {@code src/mutants}; tests of this machinery are here, those that notice a mutant are beside what they test.
 */
package io.jenkins.plugins.azurestack.mutants;
