/**
 * What an expiry check found, rendered: plain maps for a pipeline, JSON, HTML with an SVG timeline, JUnit XML, log lines.
 * Pure functions from a report to text; nothing here judges a certificate, reads a clock, or writes a file.
 */
package io.jenkins.plugins.azurestack.report;
