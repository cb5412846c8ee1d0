package io.jenkins.plugins.azurestack.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.azurestack.simulator.redfish.Flavour;
import io.jenkins.plugins.azurestack.simulator.world.Ledger;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What an update sends to each BMC, by the BMC's own ledger: no request more than it takes, and no change twice. */
public class BmcRequestsTest {
    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Map<String, List<String>> requests(final BmcStamp stamp, final MaintenanceBuild build) throws Exception {
        stamp.equip(build);
        final Object plan = stamp.run(build, BmcStamp.plan("way-back")).get("id");
        build.approved.add(String.valueOf(plan));
        final int before = stamp.toBmcs().size();
        assertThat(stamp.run(build, BmcStamp.apply(plan))).containsEntry("state", "COMPLETED");
        final List<Ledger.Call> all = stamp.toBmcs();
        return all.subList(before, all.size()).stream()
                .collect(Collectors.groupingBy(
                        Ledger.Call::host, Collectors.mapping(call -> call.action(), Collectors.toList())));
    }

    @Test
    public void fromBefore1910EveryBmcIsChangedOnce() throws Exception {
        try (BmcStamp stamp = new BmcStamp("1.1908.4.33", Flavour.values())) {
            final Map<String, List<String>> requests = requests(
                    stamp, new MaintenanceBuild(folder.newFolder().toPath().resolve("azs")));
            assertThat(requests).hasSize(Flavour.values().length).allSatisfy((node, sent) -> {
                assertThat(sent).filteredOn(call -> call.startsWith("PATCH")).hasSize(1);
                assertThat(sent).filteredOn(call -> call.startsWith("POST")).hasSize(3);
                assertThat(sent).hasSizeLessThanOrEqualTo(14);
            });
        }
    }

    @Test
    public void from1910OnABmcIsLoggedOnToBeforeAndAfterAndNoMore() throws Exception {
        try (BmcStamp stamp = new BmcStamp("1.2501.1.47", Flavour.values())) {
            final Map<String, List<String>> requests = requests(
                    stamp, new MaintenanceBuild(folder.newFolder().toPath().resolve("azs")));
            assertThat(requests).hasSize(Flavour.values().length).allSatisfy((node, sent) -> {
                // Met, logged on to, asked for its rules, logged off from; logged on to with the new one, and off.
                assertThat(sent.stream().map(call -> call.split(" ")[0]))
                        .containsExactly("GET", "POST", "GET", "DELETE", "POST", "DELETE");
            });
        }
    }
}
