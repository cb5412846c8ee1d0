package io.jenkins.plugins.azurestack.jenkins.ui;

import hudson.Extension;
import hudson.model.Api;
import hudson.model.ManagementLink;
import hudson.security.Permission;
import io.jenkins.plugins.azurestack.jenkins.AzureStackHubPermissions;
import io.jenkins.plugins.azurestack.jenkins.Messages;
import io.jenkins.plugins.azurestack.jenkins.StampHome;
import io.jenkins.plugins.azurestack.jenkins.config.AzureStackHubConfiguration;
import io.jenkins.plugins.azurestack.jenkins.config.ConfiguredStamp;
import io.jenkins.plugins.azurestack.journal.FileDisk;
import io.jenkins.plugins.azurestack.wiring.StampMap;
import io.jenkins.plugins.azurestack.wiring.StampOverview;
import io.jenkins.plugins.azurestack.wiring.StampState;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.StaplerProxy;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** All stamps at a glance, for those who may see them; below it a page for each. */
@Extension
@ExportedBean
public final class StampsLink extends ManagementLink implements StaplerProxy {
    @Override
    public String getIconFileName() {
        return "symbol-cloud";
    }

    @Override
    public String getDisplayName() {
        return Messages.StampsLink_DisplayName();
    }

    @Override
    public String getDescription() {
        return Messages.StampsLink_Description();
    }

    @Override
    public String getUrlName() {
        return StampHome.FOLDER;
    }

    @Override
    public Permission getRequiredPermission() {
        return AzureStackHubPermissions.VIEW;
    }

    @Override
    public Category getCategory() {
        return Category.STATUS;
    }

    /** Nothing below this page is for those who may not see it. */
    @Override
    public Object getTarget() {
        Jenkins.get().checkPermission(AzureStackHubPermissions.VIEW);
        return this;
    }

    public Api getApi() {
        return new Api(this);
    }

    /** How each stamp stands, by the fields of {@link StampMap}; those that are not configured any more last. */
    @Exported
    public List<Map<String, Object>> getStamps() throws IOException {
        final List<Map<String, Object>> maps = new ArrayList<>();
        for (final StampState state : states()) {
            maps.add(StampMap.of(state, Clock.systemUTC().instant()));
        }
        return maps;
    }

    /** Whether the configuration has a stamp without a name, which is shown nowhere. */
    public boolean isOneNameless() {
        return AzureStackHubConfiguration.get().isOneNameless();
    }

    static List<StampState> states() throws IOException {
        final List<StampState> states = new ArrayList<>();
        final List<String> kept = new ArrayList<>(overview().kept());
        for (final ConfiguredStamp stamp : AzureStackHubConfiguration.get().named()) {
            kept.remove(stamp.getName());
            states.add(state(stamp));
        }
        kept.forEach(name -> states.add(overview().of(name, "", Optional.empty())));
        return states;
    }

    private static StampState state(final ConfiguredStamp stamp) {
        return overview()
                .of(
                        stamp.getName(),
                        stamp.getRegion() + "." + stamp.getExternalFqdn(),
                        Optional.ofNullable(stamp.getCertificateShare()));
    }

    static StampOverview overview() {
        return new StampOverview(new FileDisk(), StampHome.path(), StampHome.auditKey(), Clock.systemUTC());
    }

    /** The page of one stamp; null if nothing is known of it. */
    public StampPage getStamp(final String name) throws IOException {
        return states().stream()
                .filter(state -> state.name().equals(name))
                .findFirst()
                .map(StampPage::new)
                .orElse(null);
    }
}
