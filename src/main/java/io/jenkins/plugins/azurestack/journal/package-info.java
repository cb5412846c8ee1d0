/**
 * What outlives a build and a crash: the write-ahead journal of a rotation, the locks of stamps and shares, the audit
 * trail. Nothing here knows what is rotated, or Jenkins; engines write here first and act afterwards.
 */
package io.jenkins.plugins.azurestack.journal;
