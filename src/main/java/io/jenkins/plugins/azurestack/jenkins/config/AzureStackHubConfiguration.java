package io.jenkins.plugins.azurestack.jenkins.config;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.PersistentDescriptor;
import hudson.util.FormValidation;
import io.jenkins.plugins.azurestack.jenkins.Messages;
import io.jenkins.plugins.azurestack.journal.SharePath;
import io.jenkins.plugins.azurestack.stamp.BmcSettings;
import io.jenkins.plugins.azurestack.stamp.Maintenance;
import io.jenkins.plugins.azurestack.stamp.Rejected;
import io.jenkins.plugins.azurestack.stamp.Stamp;
import io.jenkins.plugins.azurestack.stamp.Text;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import jenkins.model.GlobalConfiguration;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/**
 * The stamps that this Jenkins knows. Only who may administer Jenkins configures it, since a stamp names credentials
 * that its jobs will use. Safe for use by many threads.
 */
@Extension
@Symbol("azureStackHub")
public class AzureStackHubConfiguration extends GlobalConfiguration implements PersistentDescriptor {
    private static final String FIELD = "stamps";
    private static final String DAYS_FIELD = "checkWithinDays";
    private static final int USUAL_DAYS = 14;
    private static final int MOST_DAYS = 400;

    private volatile ArrayList<ConfiguredStamp> stamps = new ArrayList<>();
    private volatile int checkWithinDays = USUAL_DAYS;

    /** The one configuration of this Jenkins. */
    public static AzureStackHubConfiguration get() {
        return ExtensionList.lookupSingleton(AzureStackHubConfiguration.class);
    }

    @Override
    public String getDisplayName() {
        return Messages.AzureStackHubConfiguration_DisplayName();
    }

    public List<ConfiguredStamp> getStamps() {
        final List<ConfiguredStamp> configured = stamps;
        return configured == null ? new ArrayList<>() : new ArrayList<>(configured);
    }

    /** Whether a stamp has no name, so that no job can use it and no page shows it. */
    public boolean isOneNameless() {
        return named().size() < getStamps().size();
    }

    /** Those that can be told by a name: all but what somebody spoilt in the file. */
    public List<ConfiguredStamp> named() {
        return getStamps().stream().filter(stamp -> !stamp.getName().isEmpty()).toList();
    }

    /**
     * Replaces all stamps, and saves.
     *
     * @throws Rejected if two stamps have the same name, share or BMC account, one of them contradicts itself, or a run
     *     for one would write over a credential that is used otherwise; nothing was changed then
     */
    @DataBoundSetter
    public void setStamps(final List<ConfiguredStamp> stamps) {
        final ArrayList<ConfiguredStamp> accepted = stamps == null ? new ArrayList<>() : new ArrayList<>(stamps);
        requireDistinct(accepted);
        new CredentialUses(accepted).requireNothingWrittenOver();
        accepted.forEach(ConfiguredStamp::toStamp);
        this.stamps = accepted;
        save();
    }

    private static void requireDistinct(final List<ConfiguredStamp> stamps) {
        final Set<String> names = new HashSet<>();
        final Set<String> shares = new HashSet<>();
        final Set<String> bmcAccounts = new HashSet<>();
        for (final ConfiguredStamp stamp : stamps) {
            if (!names.add(stamp.getName())) {
                throw new Rejected("name", "two stamps are called '" + stamp.getName() + "'; give each its own name");
            }
            final String share = stamp.getCertificateShare();
            if (share != null && !shares.add(new SharePath(share).value())) {
                throw new Rejected(
                        "certificateShare",
                        "two stamps use " + share + ", so that one could take the other's keys; give each its own");
            }
            final String bmcAccount = stamp.getBmcCredentialsId();
            if (bmcAccount != null && !bmcAccounts.add(bmcAccount)) {
                throw new Rejected(
                        "bmcCredentialsId",
                        "two stamps use '" + bmcAccount + "', so that a new password for one would be lost for the"
                                + " other; give each its own");
            }
        }
    }

    /** Days after which a stamp that no check has looked at is told to administrators. */
    public int getCheckWithinDays() {
        return checkWithinDays < 1 ? USUAL_DAYS : checkWithinDays;
    }

    /**
     * Sets it, and saves.
     *
     * @throws Rejected if it is less than a day, or absurd
     */
    @DataBoundSetter
    public void setCheckWithinDays(final int checkWithinDays) {
        this.checkWithinDays = days(checkWithinDays);
        save();
    }

    private static int days(final int days) {
        if (days < 1 || days > MOST_DAYS) {
            throw new Rejected(DAYS_FIELD, days + " is not a number of days from 1 to " + MOST_DAYS);
        }
        return days;
    }

    private static int days(final String text) {
        try {
            return days(Integer.parseInt(text == null ? "" : text.trim()));
        } catch (NumberFormatException e) {
            throw new Rejected(DAYS_FIELD, "'" + Text.printable(text) + "' is not a number of days");
        }
    }

    /** Says while somebody types whether that is a number of days. */
    @POST
    public FormValidation doCheckCheckWithinDays(@QueryParameter final String value) {
        return FormCheck.of(() -> days(value));
    }

    /**
     * The stamp of a name.
     *
     * @throws Rejected naming the stamps there are, if this is none of them
     */
    public Stamp stamp(final String name) {
        return named(name).toStamp();
    }

    /**
     * What a maintenance run has to know of the stamp of a name.
     *
     * @throws Rejected naming the stamps there are, if this is none of them
     */
    public Maintenance maintenance(final String name) {
        return named(name).toMaintenance();
    }

    /**
     * What an update of the BMC password has to know of the stamp of a name.
     *
     * @throws Rejected naming the stamps there are, if this is none of them
     */
    public BmcSettings bmcSettings(final String name) {
        return named(name).toBmcSettings();
    }

    private ConfiguredStamp named(final String name) {
        return named().stream()
                .filter(stamp -> stamp.getName().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> unknown(name));
    }

    private Rejected unknown(final String name) {
        final List<String> names =
                named().stream().map(ConfiguredStamp::getName).toList();
        return new Rejected(
                "stamp",
                "'" + Text.printable(name) + "' is not configured; "
                        + (names.isEmpty()
                                ? "no stamp is: add one under Manage Jenkins, System, Azure Stack Hub"
                                : "known stamps are " + String.join(", ", names))
                        + (isOneNameless()
                                ? ". The configuration has one without a name, too: give it one there"
                                : ""));
    }

    /** Binds the whole list, which an empty form leaves out, and shows a rejected value as a form error. */
    @Override
    public boolean configure(final StaplerRequest2 req, final JSONObject json) throws FormException {
        try {
            final int days = json.has(DAYS_FIELD) ? days(String.valueOf(json.get(DAYS_FIELD))) : USUAL_DAYS;
            setStamps(json.has(FIELD) ? req.bindJSONToList(ConfiguredStamp.class, json.get(FIELD)) : List.of());
            setCheckWithinDays(days);
            return true;
        } catch (IllegalArgumentException | LinkageError e) {
            throw rejectedIn(e);
        }
    }

    private static FormException rejectedIn(final Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof Rejected rejected) {
                return new FormException(rejected.getMessage(), rejected, rejected.field());
            }
        }
        return new FormException(failure.getMessage(), failure, FIELD);
    }
}
