/**
 * HTTP over verified TLS, one request on a connection of its own, bounded in time and bytes, and the JSON that comes back.
 * Nothing here asks twice, follows a link, or knows who is asked.
 */
package io.jenkins.plugins.azurestack.net.http;
