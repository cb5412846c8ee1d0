package io.jenkins.plugins.azurestack.rehearsal;

/**
 * Something in a Jenkinsfile that a Jenkins would not accept, or that a rehearsal refuses to do.
 *
 * @param line where, counted from 1; 0 if that is not known
 * @param column where in the line, counted from 1; 0 if that is not known
 * @param message what is wrong and what would be right
 */
public record Mistake(int line, int column, String message) {}
