/**
 * The network as a Jenkins agent sees it: sockets here whose connections begin there, so that protocols end, and secrets
 * stay, on the controller. Nothing listens anywhere, and nothing here knows a protocol.
 */
package io.jenkins.plugins.azurestack.jenkins.tunnel;
