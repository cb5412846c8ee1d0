package io.jenkins.plugins.azurestack.jenkins.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.azurestack.jenkins.StampHome;
import io.jenkins.plugins.azurestack.jenkins.config.AzureStackHubConfiguration;
import io.jenkins.plugins.azurestack.jenkins.config.ConfiguredStamp;
import io.jenkins.plugins.azurestack.journal.FileDisk;
import io.jenkins.plugins.azurestack.journal.JournalFolder;
import io.jenkins.plugins.azurestack.journal.RotationId;
import io.jenkins.plugins.azurestack.journal.StampLocks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.htmlunit.html.HtmlButton;
import org.htmlunit.html.HtmlPage;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** What administrators are told, dismissed by a click on the page where they are told it. */
public class MonitorInJenkinsTest {
    private static final String DISMISS =
            "//form[contains(@action, '" + StampMonitor.class.getName() + "/dismiss')]//button[@type='submit']";

    @Rule
    public final JenkinsRule jenkins = new JenkinsRule();

    @Before
    public void configure() {
        AzureStackHubConfiguration.get().setStamps(List.of(new ConfiguredStamp("east", "east", "azurestack.invalid")));
    }

    @Test
    public void whatIsDismissedByAClickStaysAwayUntilItChanges() throws Exception {
        final HtmlPage told = jenkins.createWebClient().goTo("manage");
        assertThat(told.asNormalizedText()).contains("Azure Stack Hub stamp");

        final HtmlButton button = told.getFirstByXPath(DISMISS);
        assertThat(button).isNotNull();
        final HtmlPage after = button.click();

        assertThat(after.getUrl().getPath()).endsWith("/manage/");
        assertThat((Object) after.getFirstByXPath(DISMISS)).isNull();
        assertThat(new StampMonitor().isActivated()).isFalse();
        assertThat(Files.readString(StampHome.path().resolve("dismissed.json"))).contains("east");

        damageLock();

        assertThat(new StampMonitor().getStamps()).singleElement().satisfies(stamp -> assertThat(
                        String.valueOf(stamp.get("words")))
                .contains("lock"));
    }

    @Test
    public void whatChangedWhileThePageWasOpenIsNotDismissedWithIt() throws Exception {
        final HtmlPage told = jenkins.createWebClient().goTo("manage");
        damageLock();
        jenkins.jenkins.getExtensionList(StampMonitor.class).get(0).getStamps();

        final HtmlButton button = told.getFirstByXPath(DISMISS);
        button.click();

        assertThat(new StampMonitor().isActivated()).isTrue();
    }

    /** A fact that was not there before. */
    private static void damageLock() throws Exception {
        final JournalFolder files = new JournalFolder(new FileDisk(), StampHome.path());
        files.prepare("east");
        new StampLocks(new FileDisk(), files.locks(), Clock.systemUTC())
                .acquire("east", new RotationId("east-external-20261126-abcdefgh"), "rotate #1");
        try (Stream<Path> locks = Files.list(files.locks())) {
            for (final Path lock : locks.filter(Files::isRegularFile).toList()) {
                Files.writeString(lock, "no lock at all");
            }
        }
    }
}
