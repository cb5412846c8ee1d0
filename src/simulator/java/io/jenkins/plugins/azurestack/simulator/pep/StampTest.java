package io.jenkins.plugins.azurestack.simulator.pep;

import io.jenkins.plugins.azurestack.simulator.world.World;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The tests of {@code Test-AzureStack} (diagnostic-test page 2020-01, and those that came later). Their names are
 * documented, their titles are not.
 */
enum StampTest {
    ACS("AzsAcsSummary", "Azure Stack ACS Summary"),
    AD("AzsAdSummary", "Azure Stack Active Directory Summary"),
    ALERTS("AzsAlertSummary", "Azure Stack Alert Summary"),
    APPLICATION_CRASHES("AzsApplicationCrashSummary", "Azure Stack Application Crash Summary"),
    BACKUP_SHARE("AzsBackupShareAccessibility", "Azure Stack Backup Share Accessibility Summary"),
    BMC("AzsStampBMCSummary", "Azure Stack BMC Summary"),
    HOSTS("AzsHostingInfraSummary", "Azure Stack Cloud Hosting Infrastructure Summary"),
    HOST_UTILIZATION("AzsHostingInfraUtilization", "Azure Stack Cloud Hosting Infrastructure Utilization"),
    CONTROL_PLANE("AzsControlPlane", "Azure Stack Control Plane Summary"),
    DEFENDER("AzsDefenderSummary", "Azure Stack Defender Summary"),
    HOST_FIRMWARE("AzsHostingInfraFWSummary", "Azure Stack Hosting Infrastructure Firmware Summary"),
    CAPACITY("AzsInfraCapacity", "Azure Stack Infrastructure Capacity"),
    PERFORMANCE("AzsInfraPerformance", "Azure Stack Infrastructure Role Instance Performance"),
    ROLES("AzsInfraRoleSummary", "Azure Stack Infrastructure Role Summary"),
    NETWORK("AzsNetworkInfra", "Azure Stack Network Infrastructure"),
    PORTAL_AND_API("AzsPortalAPISummary", "Azure Stack Portal and API Summary"),
    SCALE_UNIT_EVENTS("AzsScaleUnitEvents", "Azure Stack Scale Unit VM Events"),
    SCALE_UNIT_RESOURCES("AzsScaleUnitResources", "Azure Stack Scale Unit VM Resources"),
    SCENARIOS("AzsScenarios", "Azure Stack Scenarios"),
    SDN("AzsSDNValidation", "Azure Stack SDN Validation Summary"),
    SERVICE_FABRIC("AzsSFRoleSummary", "Azure Stack Service Fabric Role Summary"),
    STORAGE_DATA_PLANE("AzsStorageDataPlane", "Azure Stack Storage Data Plane"),
    STORAGE_SERVICES("AzsStorageSvcsSummary", "Azure Stack Storage Services Summary"),
    STORE("AzsStoreSummary", "Azure Stack SQL Store Summary"),
    UPDATE("AzsInfraUpdateSummary", "Azure Stack Update Summary"),
    VM_PLACEMENT("AzsVmPlacement", "Azure Stack VM Placement Summary"),
    INFRA_FILES("AzsInfraFileValidation", "Azure Stack Infrastructure File Validation", Since.BMC_WRITTEN),
    ACTION_PLANS("AzsActionPlanStatus", "Azure Stack Action Plan Status", Since.BMC_WRITTEN),
    EXTERNAL_CERTIFICATES("AzsExternalCertificates", "Azure Stack External Certificates", Since.PLAN_FINISHED);

    private final String argument;
    private final String title;
    private final Optional<Since> since;

    StampTest(final String argument, final String title) {
        this.argument = argument;
        this.title = title;
        this.since = Optional.empty();
    }

    StampTest(final String argument, final String title, final Since since) {
        this.argument = argument;
        this.title = title;
        this.since = Optional.of(since);
    }

    /** What {@code -Include} and {@code -Ignore} call it. */
    String argument() {
        return argument;
    }

    /** What the console calls it. */
    String title() {
        return title;
    }

    private boolean isIn(final World world) {
        return since.isEmpty() || since.get().in(world);
    }

    /** The tests that a stamp has. */
    static List<StampTest> of(final World world) {
        return Arrays.stream(values()).filter(test -> test.isIn(world)).toList();
    }

    /** The groups of tests that documentation names. */
    enum Group {
        /** What runs unless something else is asked for; cloud scenarios need a tenant's credentials. */
        DEFAULT("Default"),
        UPDATE_READINESS("UpdateReadiness", INFRA_FILES, ACTION_PLANS, BMC),
        SECRET_ROTATION_READINESS(
                "SecretRotationReadiness",
                ACS,
                DEFENDER,
                HOSTS,
                CAPACITY,
                ROLES,
                PORTAL_AND_API,
                SERVICE_FABRIC,
                STORAGE_SERVICES,
                STORE);

        private final String argument;
        private final List<StampTest> members;

        Group(final String argument, final StampTest... members) {
            this.argument = argument;
            this.members = List.of(members);
        }

        /** What {@code -Group} calls it. */
        String argument() {
            return argument;
        }

        /** Whether a warning is shown as an error. */
        boolean isStrict() {
            return this != DEFAULT;
        }

        /** The tests in it. */
        List<StampTest> tests(final World world) {
            return this == DEFAULT
                    ? StampTest.of(world).stream()
                            .filter(test -> test != SCENARIOS)
                            .toList()
                    : members;
        }

        /** The group by a name, in any case, if the stamp has it. */
        static Optional<Group> named(final String name, final World world) {
            return Arrays.stream(values())
                    .filter(group -> group.argument.equalsIgnoreCase(name))
                    .filter(group -> switch (group) {
                        case DEFAULT -> true;
                        case UPDATE_READINESS -> Since.BMC_WRITTEN.in(world);
                        case SECRET_ROTATION_READINESS -> Since.ROTATION_READINESS.in(world);
                    })
                    .findFirst();
        }
    }
}
