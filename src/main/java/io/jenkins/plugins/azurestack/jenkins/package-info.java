/**
 * What the packages below share: the words that Jenkins shows, and what the fields of its forms accept.
 * Everything that imports Jenkins, Stapler or a Jenkins plugin lives in this package and below it; engines do not.
 */
package io.jenkins.plugins.azurestack.jenkins;
