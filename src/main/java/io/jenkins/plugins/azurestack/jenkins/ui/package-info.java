/**
 * What Jenkins shows of stamps: the pages of a build, a job and of all stamps, the monitor, and what is done on them.
 * Thin classes over models that know no Jenkins; what they show is found out in {@code wiring} and {@code report}.
 */
package io.jenkins.plugins.azurestack.jenkins.ui;
