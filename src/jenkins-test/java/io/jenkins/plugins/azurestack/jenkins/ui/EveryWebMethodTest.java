package io.jenkins.plugins.azurestack.jenkins.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.model.Descriptor;
import hudson.model.Item;
import io.jenkins.plugins.azurestack.jenkins.AzureStackHubPermissions;
import io.jenkins.plugins.azurestack.jenkins.config.AzureStackHubConfiguration;
import io.jenkins.plugins.azurestack.jenkins.config.ConfiguredStamp;
import java.lang.reflect.Method;
import java.net.HttpURLConnection;
import java.net.URL;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.Page;
import org.htmlunit.WebRequest;
import org.htmlunit.util.NameValuePair;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** Every method that Stapler serves, found by reflection, as each of five roles and nobody at all meets it. */
public class EveryWebMethodTest {
    private static final String OURS = "io.jenkins.plugins.azurestack.";
    /** What only who may administer or configure learns of. */
    private static final List<String> HIDDEN = List.of("hidden-credential", "hidden-stamp");

    private static final List<String> ROLES = List.of("approver", "releaser", "viewer", "reader");
    private static final int FORBIDDEN = HttpURLConnection.HTTP_FORBIDDEN;
    /** Who gets further than the permission, at what is no descriptor. */
    private static final Map<String, Set<String>> PAGES = Map.of(
            "job/rotate/1/azure-stack-hub/approve",
            Set.of("admin", "approver"),
            "job/rotate/1/azure-stack-hub/file",
            Set.of("admin", "approver", "releaser", "viewer"),
            "manage/azure-stack-hub/stamp/hidden-stamp/verify",
            Set.of("admin", "approver", "releaser", "viewer"),
            "manage/azure-stack-hub/stamp/hidden-stamp/release",
            Set.of("admin", "releaser"),
            "administrativeMonitor/" + StampMonitor.class.getName() + "/dismiss",
            Set.of("admin"));

    @Rule
    public final JenkinsRule jenkins = new JenkinsRule();

    private final Map<String, JenkinsRule.WebClient> clients = new LinkedHashMap<>();

    @Before
    public void fiveRoles() throws Exception {
        AzureStackHubConfiguration.get()
                .setStamps(List.of(new ConfiguredStamp("hidden-stamp", "east", "azurestack.invalid")));
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new UsernamePasswordCredentialsImpl(
                        CredentialsScope.GLOBAL, "hidden-credential", null, "user", "a long enough password"));
        Evidences.build(jenkins, "starter");
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, Item.READ, Item.DISCOVER)
                .everywhere()
                .to("approver", "releaser", "viewer", "reader")
                .grant(AzureStackHubPermissions.VIEW)
                .everywhere()
                .to("approver", "releaser", "viewer")
                .grant(AzureStackHubPermissions.APPROVE)
                .everywhere()
                .to("approver")
                .grant(AzureStackHubPermissions.RELEASE)
                .everywhere()
                .to("releaser"));
    }

    private static Stream<String> names(final Class<?> type) {
        return Stream.of(type.getDeclaredMethods())
                .filter(method -> !method.isSynthetic())
                .map(Method::getName)
                .filter(name -> name.matches("do[A-Z]\\w*"))
                .map(name -> Character.toLowerCase(name.charAt(2)) + name.substring(3));
    }

    /** Paths of the web methods of our descriptors. */
    private Set<String> ofDescriptors() {
        final Set<String> paths = new TreeSet<>();
        for (final Descriptor<?> descriptor : jenkins.jenkins.getExtensionList(Descriptor.class)) {
            if (descriptor.getClass().getName().startsWith(OURS)) {
                names(descriptor.getClass()).forEach(name -> {
                    paths.add((descriptor instanceof StepDescriptor ? "job/rotate/" : "") + "descriptorByName/"
                            + descriptor.getId() + "/" + name);
                });
            }
        }
        return paths;
    }

    private JenkinsRule.WebClient client(final String role) throws Exception {
        if (!clients.containsKey(role)) {
            final JenkinsRule.WebClient client = jenkins.createWebClient()
                    .withThrowExceptionOnFailingStatusCode(false)
                    .withJavaScriptEnabled(false);
            clients.put(role, role.isEmpty() ? client : client.login(role));
        }
        return clients.get(role);
    }

    private Page post(final String role, final String path) throws Exception {
        final JenkinsRule.WebClient client = client(role);
        final WebRequest request = new WebRequest(new URL(client.getContextPath() + path), HttpMethod.POST);
        request.setRequestParameters(new ArrayList<>(List.of(new NameValuePair("value", "x"))));
        return client.getPage(client.addCrumb(request));
    }

    private Page get(final String role, final String path) throws Exception {
        final JenkinsRule.WebClient client = client(role);
        return client.getPage(new URL(client.getContextPath() + path));
    }

    private static int status(final Page page) {
        return page.getWebResponse().getStatusCode();
    }

    @Test
    public void noFormMethodAnswersToALink() throws Exception {
        for (final String path : ofDescriptors()) {
            assertThat(status(get("admin", path)))
                    .as(path)
                    .isIn(HttpURLConnection.HTTP_NOT_FOUND, HttpURLConnection.HTTP_BAD_METHOD);
        }
    }

    @Test
    public void noFormMethodTellsAnybodyWhatIsNotTheirs() throws Exception {
        final Set<String> paths = ofDescriptors();
        assertThat(paths).hasSizeGreaterThan(50);
        for (final String role : ROLES) {
            for (final String path : paths) {
                final Page answer = post(role, path);
                assertThat(status(answer)).as(role + " " + path).isIn(HttpURLConnection.HTTP_OK, FORBIDDEN);
                assertThat(answer.getWebResponse().getContentAsString())
                        .as(role + " " + path)
                        .doesNotContain(HIDDEN);
            }
        }
    }

    @Test
    public void whoHasSignedInToNothingGetsNowhere() throws Exception {
        final Set<String> paths = ofDescriptors();
        paths.addAll(PAGES.keySet());
        for (final String path : paths) {
            final Page answer = post("", path);
            assertThat(status(answer) == FORBIDDEN || answer.getUrl().getPath().equals("/jenkins/login"))
                    .as(path + ": " + status(answer) + " " + answer.getUrl())
                    .isTrue();
        }
    }

    /** The positive control: the same methods do tell an administrator. */
    @Test
    public void anAdministratorIsToldOfWhatOthersAreNot() throws Exception {
        final StringBuilder told = new StringBuilder();
        for (final String path : ofDescriptors()) {
            final Page answer = post("admin", path);
            assertThat(status(answer)).as(path).isEqualTo(HttpURLConnection.HTTP_OK);
            told.append(answer.getWebResponse().getContentAsString());
        }
        assertThat(told).contains(HIDDEN);
    }

    @Test
    public void onlyWhoMayGetsFurtherThanThePermissionOfAPage() throws Exception {
        for (final Map.Entry<String, Set<String>> page : PAGES.entrySet()) {
            for (final String role :
                    Stream.concat(ROLES.stream(), Stream.of("admin")).toList()) {
                final int status =
                        status(page.getKey().endsWith("/file") ? get(role, page.getKey()) : post(role, page.getKey()));
                assertThat(status == FORBIDDEN)
                        .as(role + " " + page.getKey() + ": " + status)
                        .isNotEqualTo(page.getValue().contains(role));
            }
        }
    }

    /** A method of a page that is not in the table above would be met by nobody here. */
    @Test
    public void everyMethodOfAPageIsInTheTable() {
        final Set<String> known = new TreeSet<>();
        PAGES.keySet().forEach(path -> known.add(path.substring(path.lastIndexOf('/') + 1)));
        final Set<String> there = new TreeSet<>();
        for (final Class<?> page : List.of(
                StampBuildAction.class,
                StampPage.class,
                StampMonitor.class,
                StampTrendAction.class,
                StampsLink.class)) {
            names(page).forEach(there::add);
        }
        assertThat(there).isEqualTo(known);
    }
}
