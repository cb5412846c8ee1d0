package io.jenkins.plugins.azurestack.simulator.world;

import java.util.regex.Pattern;

/** What the occasions of faults may be called, as far as that can be told before there is one. */
enum Occasions {
    NONE("(?!)", "none but 'always'"),
    START("Start-SecretRotation", "Start-SecretRotation"),
    ROTATION(
            "Start-SecretRotation|Get-ActionStatus|Test-AzureStack",
            "Start-SecretRotation, Get-ActionStatus and Test-AzureStack"),
    UPDATE("Start-SecretRotation|Get-AzureStackUpdateStatus", "Start-SecretRotation and Get-AzureStackUpdateStatus"),
    NODE("node\\d+", "nodes, such as node01"),
    PLACE(
            "[0-9.]{7,15}|node\\d+|adminmanagement|adfs|login",
            "addresses of privileged endpoints, nodes such as node01, adminmanagement, adfs and login"),
    SHARE("open|Start-SecretRotation", "open and Start-SecretRotation"),
    OPEN("open", "open"),
    SEGMENT("[\\w.-]+", "last segments of paths of Resource Manager, such as alerts"),
    /** What somebody calls on a privileged endpoint. */
    CALL(
            "Create|Command|Receive|Send|Signal|Delete|Disconnect|Reconnect|Connect|[0-9.]{7,15}|[A-Za-z]+-\\w+",
            "operations such as Receive, addresses of privileged endpoints and cmdlets"),
    ANY_CALL(".*\\S.*", "operations, addresses, cmdlets, last segments of paths, nodes and methods"),
    ANY_BUT_CMDLETS(
            "(?!(?:Start|Get|Set|Test|Close|New|Remove)-).*\\S.*",
            "operations, addresses, last segments of paths, nodes and methods, but no cmdlets"),
    ANYTHING(".*\\S.*", "any");

    private final Pattern pattern;
    private final String words;

    Occasions(final String pattern, final String words) {
        this.pattern = Pattern.compile(pattern, Pattern.CASE_INSENSITIVE);
        this.words = words;
    }

    boolean has(final String occasion) {
        return pattern.matcher(occasion).matches();
    }

    /** For people. */
    String words() {
        return words;
    }
}
