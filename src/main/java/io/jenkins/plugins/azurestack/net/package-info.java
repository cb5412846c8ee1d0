/**
 * The one way out to the network, and the probe that looks at what a TLS server presents.
 * Nothing here knows what a stamp, an expiry or a rotation is.
 */
package io.jenkins.plugins.azurestack.net;
