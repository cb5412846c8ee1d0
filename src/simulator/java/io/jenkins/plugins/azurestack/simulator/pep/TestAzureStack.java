package io.jenkins.plugins.azurestack.simulator.pep;

import io.jenkins.plugins.azurestack.powershell.clixml.PsObject;
import io.jenkins.plugins.azurestack.powershell.clixml.PsPrimitive;
import io.jenkins.plugins.azurestack.simulator.pep.StampHealth.Mark;
import io.jenkins.plugins.azurestack.simulator.pep.StampHealth.Result;
import io.jenkins.plugins.azurestack.simulator.remoting.Cmdlet;
import io.jenkins.plugins.azurestack.simulator.remoting.Invocation;
import io.jenkins.plugins.azurestack.simulator.remoting.Streams;
import io.jenkins.plugins.azurestack.simulator.remoting.TerminatingError;
import io.jenkins.plugins.azurestack.simulator.world.Fault;
import io.jenkins.plugins.azurestack.simulator.world.World;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * {@code Test-AzureStack} (reference of 2020 to 2026). The console's words PASS, WARN and FAIL are documented, its layout
 * and that of the detailed results are not.
 */
final class TestAzureStack implements Cmdlet {
    private static final String CULTURE = "en-US";
    private static final List<String> OBJECT = List.of("System.Management.Automation.PSCustomObject", "System.Object");
    private static final int TITLE_WIDTH = 60;

    private final World world;
    private final StampHealth health;
    private final SecretRotations rotations;
    private final Pace pace;

    TestAzureStack(final World world, final StampHealth health, final SecretRotations rotations, final Pace pace) {
        this.world = world;
        this.health = health;
        this.rotations = rotations;
        this.pace = pace;
    }

    @Override
    public String name() {
        return "Test-AzureStack";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.credential("BackupShareCredential"),
                Parameter.value("Include", "System.String[]"),
                Parameter.ofSwitch("DetailedResults"),
                Parameter.credential("ServiceAdminCredentials"),
                Parameter.ofSwitch("List"),
                Parameter.value("Group", "System.String"),
                Parameter.ofSwitch("DoNotDeployTenantVm"),
                Parameter.ofSwitch("Repair"),
                Parameter.value("Ignore", "System.String[]"),
                Parameter.ofSwitch("Confirm"),
                Parameter.value("TimeoutSeconds", "System.Int32"),
                Parameter.credential("AdminCredential"),
                Parameter.value("BackupSharePath", "System.String"),
                Parameter.ofSwitch("WhatIf"),
                Parameter.ofSwitch("UseRunners"),
                Parameter.ofSwitch("DisableConsoleOutput"));
    }

    @Override
    public void run(final Invocation invocation, final Streams streams) throws TerminatingError, InterruptedException {
        rotations.letForeignOnesAppear(name());
        world.actionPlans().settle();
        if (invocation.isOn("List")) {
            for (final StampTest test : StampTest.of(world)) {
                streams.output(PsObject.builder()
                        .types(OBJECT)
                        .extended("Name", test.argument())
                        .extended("Title", test.title())
                        .build());
            }
            return;
        }
        final StampTest.Group group = group(invocation);
        final List<StampTest> tests = tests(invocation, group);
        final Set<StampTest> failing = struck(Fault.READINESS_FALSE, group, tests);
        final Set<StampTest> warning = struck(Fault.READINESS_WARNING, group, tests);
        boolean good = true;
        for (final StampTest test : tests) {
            world.time().awaitUntil(world.time().now().plus(pace.test()));
            final Result found = failing.contains(test)
                    ? new Result(Mark.FAIL, List.of("A role instance is not healthy."))
                    : warning.contains(test)
                            ? new Result(Mark.WARN, List.of("A role instance needs attention."))
                            : health.test(test);
            final Result shown =
                    group.isStrict() && found.mark() == Mark.WARN ? new Result(Mark.FAIL, found.details()) : found;
            good &= tell(test, inCulture(invocation, shown, streams), invocation, streams);
        }
        if (invocation.isOn("DetailedResults")) {
            streams.output(result("Overall", "Overall result", good ? Mark.PASS : Mark.FAIL, List.of()));
        }
        streams.output(PsPrimitive.of(good));
    }

    private StampTest.Group group(final Invocation invocation) throws TerminatingError {
        final String name = invocation.text("Group").orElse(StampTest.Group.DEFAULT.argument());
        return StampTest.Group.named(name, world)
                .orElseThrow(() -> Errors.invalid(name(), "Group", "There is no test group '" + name + "'."));
    }

    private List<StampTest> tests(final Invocation invocation, final StampTest.Group group) throws TerminatingError {
        final Set<StampTest> included = named(invocation, "Include");
        final Set<StampTest> ignored = named(invocation, "Ignore");
        final Stream<StampTest> chosen = included.isEmpty()
                ? group.tests(world).stream()
                : Stream.concat(
                                invocation.text("Group").isPresent() ? group.tests(world).stream() : Stream.of(),
                                included.stream())
                        .distinct();
        return chosen.filter(test -> !ignored.contains(test)).toList();
    }

    private Set<StampTest> named(final Invocation invocation, final String parameter) throws TerminatingError {
        final Set<StampTest> tests = EnumSet.noneOf(StampTest.class);
        for (final String name : invocation.texts(parameter)) {
            tests.add(StampTest.of(world).stream()
                    .filter(test -> test.argument().equalsIgnoreCase(name.trim()))
                    .findFirst()
                    .orElseThrow(() -> Errors.invalid(name(), parameter, "There is no test '" + name + "'.")));
        }
        return tests;
    }

    /** The tests that a fault strikes; one run is one occasion, by the names of the group and all its tests. */
    private Set<StampTest> struck(final Fault fault, final StampTest.Group group, final List<StampTest> tests) {
        final Set<StampTest> struck = EnumSet.noneOf(StampTest.class);
        tests.stream()
                .filter(test -> world.faults().isDue(fault, test.argument()))
                .forEach(struck::add);
        final String[] names = Stream.concat(
                        Stream.of(group.argument()), tests.stream().map(StampTest::argument))
                .toArray(String[]::new);
        if (!world.faults().strikes(fault, names)) {
            return Set.of();
        }
        if (struck.isEmpty()) {
            tests.stream().findFirst().ifPresent(struck::add);
        }
        return struck;
    }

    /**
     * In another culture than en-US the cmdlet misbehaves, says the privileged endpoint page without saying how: here it
     * can't read the dates that it wrote.
     */
    private Result inCulture(final Invocation invocation, final Result result, final Streams streams)
            throws InterruptedException {
        final String culture = invocation.culture();
        if (culture.isEmpty() || culture.equalsIgnoreCase(CULTURE)) {
            return result;
        }
        streams.error(new TerminatingError(
                "Cannot convert value to type \"System.DateTime\". Error: \"String was not recognized as a valid"
                        + " DateTime.\"",
                "System.Management.Automation.PSInvalidCastException",
                "InvalidCastParseTargetInvocation",
                5,
                "",
                "",
                ""));
        return new Result(Mark.FAIL, List.of("The test did not return a result."));
    }

    private boolean tell(final StampTest test, final Result result, final Invocation invocation, final Streams streams)
            throws InterruptedException {
        final List<String> lines = new ArrayList<>();
        lines.add("  " + test.title()
                + " ".repeat(Math.max(1, TITLE_WIDTH - test.title().length())) + result.mark());
        result.details().forEach(detail -> lines.add("      " + detail));
        if (!invocation.isOn("DisableConsoleOutput")) {
            for (final String line : lines) {
                streams.information(line);
            }
        }
        if (invocation.isOn("DetailedResults")) {
            streams.output(result(test.argument(), test.title(), result.mark(), result.details()));
        }
        streams.debug(test.argument() + ": " + result.mark());
        return result.mark() != Mark.FAIL;
    }

    private static PsObject result(final String name, final String title, final Mark mark, final List<String> details) {
        return PsObject.builder()
                .types(OBJECT)
                .extended("Name", name)
                .extended("Title", title)
                .extended("Result", mark.name())
                .extended("Details", String.join(" ", details))
                .build();
    }
}
