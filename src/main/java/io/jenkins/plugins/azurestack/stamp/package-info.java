/**
 * The vocabulary: what a stamp is, what its certificate folders and endpoints are called, and which names are valid.
 * Nothing here does I/O, and nothing here depends on any other package of this plugin.
 */
package io.jenkins.plugins.azurestack.stamp;
