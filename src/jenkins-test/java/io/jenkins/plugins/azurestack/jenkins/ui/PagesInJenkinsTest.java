package io.jenkins.plugins.azurestack.jenkins.ui;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Item;
import io.jenkins.plugins.azurestack.jenkins.AzureStackHubPermissions;
import io.jenkins.plugins.azurestack.jenkins.StampHome;
import io.jenkins.plugins.azurestack.jenkins.config.AzureStackHubConfiguration;
import io.jenkins.plugins.azurestack.jenkins.config.ConfiguredStamp;
import io.jenkins.plugins.azurestack.journal.FileDisk;
import io.jenkins.plugins.azurestack.journal.JournalFolder;
import io.jenkins.plugins.azurestack.journal.RotationId;
import io.jenkins.plugins.azurestack.journal.StampLocks;
import io.jenkins.plugins.azurestack.wiring.LockRelease;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.Page;
import org.htmlunit.WebRequest;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.util.NameValuePair;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** The pages in a real Jenkins: who may see and do what, and what nobody can do. One test for each way to attack them. */
public class PagesInJenkinsTest {
    private static final String BUILD = "job/rotate/1/azure-stack-hub/";
    private static final String STAMPS = "manage/azure-stack-hub/";
    private static final String STAMP = STAMPS + "stamp/east/";
    private static final int OK = HttpURLConnection.HTTP_OK;
    private static final int FORBIDDEN = HttpURLConnection.HTTP_FORBIDDEN;

    @Rule
    public final JenkinsRule jenkins = new JenkinsRule();

    private WorkflowRun run;

    @Before
    public void fiveRoles() throws Exception {
        final ConfiguredStamp east = new ConfiguredStamp("east", "east", "azurestack.invalid");
        AzureStackHubConfiguration.get().setStamps(List.of(east));
        run = Evidences.build(jenkins, "starter");
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(
                        Jenkins.READ,
                        Item.READ,
                        Item.DISCOVER,
                        AzureStackHubPermissions.VIEW,
                        AzureStackHubPermissions.APPROVE)
                .everywhere()
                .to("approver", "starter")
                .grant(
                        Jenkins.READ,
                        Item.READ,
                        Item.DISCOVER,
                        AzureStackHubPermissions.VIEW,
                        AzureStackHubPermissions.RELEASE)
                .everywhere()
                .to("releaser")
                .grant(Jenkins.READ, Item.READ, Item.DISCOVER, AzureStackHubPermissions.VIEW)
                .everywhere()
                .to("viewer")
                .grant(Jenkins.READ, Item.READ, Item.DISCOVER)
                .everywhere()
                .to("reader"));
    }

    @Test
    public void whoMaySeeWhatIsWhatWasGranted() throws Exception {
        final List<String> pages = List.of(
                BUILD,
                BUILD + "api/json",
                BUILD + "file?name=expiry-east.json",
                "job/rotate/azure-stack-hub/",
                "job/rotate/azure-stack-hub/api/json",
                STAMPS,
                STAMPS + "api/json",
                STAMP,
                STAMP + "api/json");
        final Map<String, Integer> roles =
                Map.of("admin", OK, "approver", OK, "releaser", OK, "viewer", OK, "reader", FORBIDDEN);
        for (final Map.Entry<String, Integer> role : roles.entrySet()) {
            for (final String page : pages) {
                assertThat(get(role.getKey(), page).getWebResponse().getStatusCode())
                        .as(role.getKey() + " " + page)
                        .isEqualTo(role.getValue());
            }
        }
    }

    @Test
    public void whoMaySeeNothingFindsNoLinkThere() throws Exception {
        for (final String page : List.of("job/rotate/", "job/rotate/1/")) {
            final String link = "/jenkins/" + page + "azure-stack-hub\"";
            assertThat(text(get("reader", page))).as(page).doesNotContain("azure-stack-hub");
            assertThat(text(get("viewer", page))).as(page).contains(link);
        }
    }

    @Test
    public void onlyWhoMayApproveDoesAndInNobodysNameButTheirOwn() throws Exception {
        for (final String role : List.of("viewer", "releaser", "reader")) {
            assertThat(approve(role)).as(role).isEqualTo(FORBIDDEN);
        }
        assertThat(approve("starter")).isEqualTo(HttpURLConnection.HTTP_BAD_REQUEST);
        assertThat(approvals()).isEmpty();

        post(
                "approver",
                BUILD + "approve",
                pair("plan", Evidences.PLAN),
                pair("hash", Evidences.HASH),
                pair("user", "admin"),
                pair("approver", "admin"),
                pair("userId", "admin"),
                pair("j_username", "admin"));

        assertThat(approvals()).singleElement().satisfies(one -> {
            assertThat(one.getApprover()).isEqualTo("approver");
            assertThat(one.getHash()).isEqualTo(Evidences.HASH);
        });
    }

    @Test
    public void whatThePageDidNotShowIsNotApproved() throws Exception {
        assertThat(post("approver", BUILD + "approve", pair("plan", Evidences.PLAN), pair("hash", "beef"))
                        .getWebResponse()
                        .getStatusCode())
                .isEqualTo(HttpURLConnection.HTTP_BAD_REQUEST);
        assertThat(post("approver", BUILD + "approve", pair("plan", "other"), pair("hash", Evidences.HASH))
                        .getWebResponse()
                        .getStatusCode())
                .isEqualTo(HttpURLConnection.HTTP_NOT_FOUND);
        assertThat(approvals()).isEmpty();
    }

    @Test
    public void whoeverHadThePlanMadeCountsAmongTheStartersOfTheBuildThatCarriesItOut() throws Exception {
        final WorkflowRun later =
                jenkins.assertBuildStatusSuccess(run.getParent().scheduleBuild2(0));
        assertThat(StampBuildAction.starters(later, Evidences.PLAN).users()).containsExactly("starter");
        assertThat(StampBuildAction.starters(later, "east-external-20261126-zzzzzzzz")
                        .users())
                .isEmpty();
    }

    @Test
    public void aPlanThatExpiredIsNotApproved() throws Exception {
        Evidences.keep(
                run, Evidences.PLAN + "-plan.json", Evidences.plan(Instant.now().minus(Duration.ofMinutes(1))));
        assertThat(approve("approver")).isEqualTo(HttpURLConnection.HTTP_BAD_REQUEST);
        assertThat(approvals()).isEmpty();
    }

    @Test
    public void nothingChangesByALinkOrWithoutACrumb() throws Exception {
        final String query = "?plan=" + Evidences.PLAN + "&hash=" + Evidences.HASH;
        assertThat(get("approver", BUILD + "approve" + query).getWebResponse().getStatusCode())
                .isIn(HttpURLConnection.HTTP_NOT_FOUND, HttpURLConnection.HTTP_BAD_METHOD);
        assertThat(get("releaser", STAMP + "release?reason=x&seen=y")
                        .getWebResponse()
                        .getStatusCode())
                .isIn(HttpURLConnection.HTTP_NOT_FOUND, HttpURLConnection.HTTP_BAD_METHOD);
        final JenkinsRule.WebClient client = client("approver");
        final WebRequest bare = new WebRequest(new URL(client.getContextPath() + BUILD + "approve"), HttpMethod.POST);
        bare.setRequestParameters(List.of(pair("plan", Evidences.PLAN), pair("hash", Evidences.HASH)));
        assertThat(client.getPage(bare).getWebResponse().getStatusCode()).isEqualTo(FORBIDDEN);
        assertThat(approvals()).isEmpty();
    }

    @Test
    public void subjectNamesAreTextOnEveryPage() throws Exception {
        for (final String page : List.of(BUILD, "job/rotate/1/", "job/rotate/", "job/rotate/azure-stack-hub/")) {
            final HtmlPage html = (HtmlPage) get("viewer", page);
            assertThat(html.getByXPath("//img[@onerror]")).as(page).isEmpty();
            assertThat(html.getByXPath("//script[contains(text(), 'alert(2)')]"))
                    .as(page)
                    .isEmpty();
        }
        assertThat(((HtmlPage) get("viewer", BUILD)).asNormalizedText()).contains(Evidences.HOSTILE);
    }

    @Test
    public void pagesHoldNoScriptNoStyleAndNoHandlerOfTheirOwn() throws Exception {
        for (final String page : List.of(BUILD, STAMPS, STAMP)) {
            final HtmlPage html = (HtmlPage) get("admin", page);
            assertThat(html.getByXPath("//*[@id='main-panel']//*[@style or @onclick or @onsubmit or @onload]"))
                    .as(page)
                    .isEmpty();
            assertThat(html.getByXPath("//*[@id='main-panel']//script[not(@src)]"))
                    .as(page)
                    .isEmpty();
        }
    }

    @Test
    public void onlyFilesOfTheBuildAreSentAndNeverAsAPage() throws Exception {
        Files.writeString(run.getRootDir().toPath().resolve("azure-stack-hub/page.html"), "<script>alert(1)</script>");
        for (final String name : List.of(
                "../build.xml", "..%2Fbuild.xml", "%2e%2e/build.xml", "/etc/passwd", "build.xml", "x%00.json", "")) {
            assertThat(get("viewer", BUILD + "file?name=" + name)
                            .getWebResponse()
                            .getStatusCode())
                    .as(name)
                    .isIn(HttpURLConnection.HTTP_NOT_FOUND, HttpURLConnection.HTTP_BAD_REQUEST);
        }
        final Page page = get("viewer", BUILD + "file?name=page.html");
        assertThat(page.getWebResponse().getContentType()).isEqualTo("application/octet-stream");
        assertThat(page.getWebResponse().getResponseHeaderValue("Content-Disposition"))
                .startsWith("attachment");
        assertThat(page.getWebResponse().getResponseHeaderValue("X-Content-Type-Options"))
                .isEqualTo("nosniff");
    }

    @Test
    public void connectionTestsAreForAdministratorsByPostOnly() throws Exception {
        final String descriptor = "descriptorByName/" + ConfiguredStamp.class.getName() + "/";
        for (final String test : List.of("testPrivilegedEndpoint", "testResourceManager", "testShare", "testBmcs")) {
            for (final String role : List.of("approver", "releaser", "viewer", "reader")) {
                assertThat(post(role, descriptor + test, pair("name", "east"))
                                .getWebResponse()
                                .getStatusCode())
                        .as(role + " " + test)
                        .isEqualTo(FORBIDDEN);
            }
            assertThat(get("admin", descriptor + test).getWebResponse().getStatusCode())
                    .as(test)
                    .isIn(HttpURLConnection.HTTP_NOT_FOUND, HttpURLConnection.HTTP_BAD_METHOD);
            assertThat(text(post(
                            "admin",
                            descriptor + test,
                            pair("name", "east"),
                            pair("region", "east"),
                            pair("externalFqdn", "contoso.com"))))
                    .as(test)
                    .contains("is missing");
        }
    }

    @Test
    public void aLockIsReleasedByWhoMayForAReasonAndTheTrailSaysWho() throws Exception {
        final JournalFolder files = new JournalFolder(new FileDisk(), StampHome.path());
        files.prepare("east");
        final StampLocks locks = new StampLocks(new FileDisk(), files.locks(), Clock.systemUTC());
        final String seen = LockRelease.token(
                java.util.Optional.of(locks.acquire("east", new RotationId(Evidences.PLAN), "rotate #1")
                        .claim()));

        for (final String role : List.of("viewer", "approver", "reader")) {
            assertThat(release(role, seen, "stuck", true)).as(role).isEqualTo(FORBIDDEN);
        }
        assertThat(release("releaser", seen, " ", true)).isEqualTo(HttpURLConnection.HTTP_BAD_REQUEST);
        assertThat(release("releaser", seen, "stuck", false)).isEqualTo(HttpURLConnection.HTTP_BAD_REQUEST);
        assertThat(release("releaser", "other", "stuck", true)).isEqualTo(HttpURLConnection.HTTP_BAD_REQUEST);
        assertThat(locks.look("east")).isPresent();

        assertThat(release("releaser", seen, "the disk was lost", true)).isEqualTo(OK);

        assertThat(locks.look("east")).isEmpty();
        assertThat(Files.readString(files.audit("east"))).contains("\"actor\":\"releaser\"", "the disk was lost");
        assertThat(text(get("viewer", STAMP))).contains("The audit trail is intact: ");
    }

    @Test
    public void theMonitorTellsAdministratorsAndWhatTheyDismissStaysAway() throws Exception {
        final StampMonitor monitor =
                jenkins.jenkins.getExtensionList(StampMonitor.class).get(0);
        assertThat(monitor.isActivated()).isTrue();
        final String fingerprint = String.valueOf(monitor.getStamps().get(0).get("fingerprint"));
        final String dismiss = "administrativeMonitor/" + monitor.id + "/dismiss";

        assertThat(post("releaser", dismiss, pair("stamp", "east"), pair("fingerprint", fingerprint))
                        .getWebResponse()
                        .getStatusCode())
                .isEqualTo(FORBIDDEN);
        assertThat(monitor.isActivated()).isTrue();
        post("admin", dismiss, pair("stamp", "east"), pair("fingerprint", fingerprint));
        assertThat(monitor.isActivated()).isFalse();
    }

    @Test
    public void theApiSaysWhatThePagesSay() throws Exception {
        assertThat(text(get("viewer", BUILD + "api/json")))
                .contains("\"kind\":\"plan\"", "\"daysLeft\":3", "\"hash\":\"" + Evidences.HASH + "\"");
        assertThat(text(get("viewer", STAMPS + "api/json"))).contains("\"name\":\"east\"", "\"locked\":false");
        assertThat(text(get("viewer", STAMP + "api/xml"))).contains("<lastCheckedWords>never</lastCheckedWords>");
    }

    @Test
    public void theApiOfBuildAndJobGivesNothingAwayToWhoMayOnlyReadThose() throws Exception {
        final String build = "job/rotate/1/api/json?tree=actions[evidence[*],approvals[*]]";
        final String job = "job/rotate/api/json?tree=actions[points]";
        assertThat(text(get("viewer", build))).contains(Evidences.HASH);
        assertThat(text(get("viewer", job))).contains("daysLeft");
        assertThat(text(get("reader", build))).doesNotContain(Evidences.HASH, "daysLeft");
        assertThat(text(get("reader", job))).doesNotContain("daysLeft");
    }

    private List<KeptApproval> approvals() {
        return run.getAction(StampBuildAction.class).getApprovals();
    }

    private int approve(final String role) throws Exception {
        return post(role, BUILD + "approve", pair("plan", Evidences.PLAN), pair("hash", Evidences.HASH))
                .getWebResponse()
                .getStatusCode();
    }

    private int release(final String role, final String seen, final String reason, final boolean looked)
            throws Exception {
        return post(
                        role,
                        STAMP + "release",
                        pair("seen", seen),
                        pair("reason", reason),
                        pair("looked", Boolean.toString(looked)))
                .getWebResponse()
                .getStatusCode();
    }

    private JenkinsRule.WebClient client(final String role) throws Exception {
        return jenkins.createWebClient()
                .withThrowExceptionOnFailingStatusCode(false)
                .withJavaScriptEnabled(false)
                .login(role);
    }

    private Page get(final String role, final String path) throws Exception {
        final JenkinsRule.WebClient client = client(role);
        return client.getPage(new URL(client.getContextPath() + path));
    }

    private Page post(final String role, final String path, final NameValuePair... parameters) throws Exception {
        final JenkinsRule.WebClient client = client(role);
        final WebRequest request = new WebRequest(new URL(client.getContextPath() + path), HttpMethod.POST);
        request.setRequestParameters(new ArrayList<>(List.of(parameters)));
        return client.getPage(client.addCrumb(request));
    }

    private static NameValuePair pair(final String name, final String value) {
        return new NameValuePair(name, value);
    }

    private static String text(final Page page) {
        return page.getWebResponse().getContentAsString();
    }
}
