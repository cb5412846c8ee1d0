/**
 * What checks of expiry and of readiness found, rendered: maps for a pipeline, JSON, HTML, SVG, JUnit XML, log lines.
 * Pure functions from a report to text; nothing here judges a certificate, reads a clock, or writes a file.
 */
package io.jenkins.plugins.azurestack.report;
