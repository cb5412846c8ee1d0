/**
 * The configuration of stamps as Jenkins keeps it, shows it and reads it from JCasC, and what its fields accept.
 * What a stamp means to the engines is in {@code stamp}; no credential is opened here.
 */
package io.jenkins.plugins.azurestack.jenkins.config;
