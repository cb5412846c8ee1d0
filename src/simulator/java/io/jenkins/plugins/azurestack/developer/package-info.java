/**
 * What a developer's Jenkins needs around it: a simulated stamp, a mail server that sends nothing, and an authority that
 * answers requests. It knows no Jenkins (the script in {@code work/init.groovy.d} fits it to one), and nothing of it is
 * packaged with the plugin.
 */
package io.jenkins.plugins.azurestack.developer;
