package io.jenkins.plugins.azurestack.jenkins.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.CredentialsStore;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.domains.Domain;
import hudson.model.ModelObject;
import hudson.security.ACL;
import hudson.security.Permission;
import io.jenkins.plugins.azurestack.wiring.NotWrittenException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.Test;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;

/** Stores of our own in the place of Jenkins's: they show, keep and refuse as a test says. */
public class CredentialPlaceTest {
    private static final Authentication ALICE = new UsernamePasswordAuthenticationToken("alice", "");

    private final Domain everywhere = new Domain(null, null, List.of());
    private final Domain other = new Domain("other", null, List.of());
    private final Store folder = new Store();
    private final Store root = new Store();
    private final Stored bmc = folder.with(everywhere, new Stored("east-bmc"));

    @Test
    public void whatIsFoundIsLookedForInTheStoreThatHoldsThatVeryCredential() throws Exception {
        final Stored same = root.with(everywhere, new Stored("east-bmc"));

        assertThat(used(bmc).stored()).isSameAs(bmc);
        assertThat(used(same).stored()).isSameAs(same);
    }

    @Test
    public void nothingIsWrittenBesideWhatIsNotThere() {
        assertThatThrownBy(() -> CredentialPlace.used("east-bmc", Optional.empty(), stores()))
                .isInstanceOf(NotWrittenException.class)
                .hasMessageContaining("no credential 'east-bmc' that this job may use");
    }

    @Test
    public void nothingIsWrittenBesideWhatComesFromNoStore() {
        assertThatThrownBy(() -> used(new Stored("east-bmc")))
                .isInstanceOf(NotWrittenException.class)
                .hasMessageContaining("no store that this run may look into");
    }

    @Test
    public void whoeverLacksOnePermissionIsToldWhichOne() throws Exception {
        folder.lacks.add(CredentialsProvider.DELETE);

        assertThat(used(bmc).obstacle(List.of(ALICE)).orElseThrow())
                .contains("lacks Credentials/Delete.")
                .doesNotContain("Credentials/Create");
        assertThat(used(bmc).obstacle(List.of(ACL.SYSTEM2))).isEmpty();
        // What the job runs as does not make up for what its user may not.
        assertThat(used(bmc).obstacle(List.of(ACL.SYSTEM2, ALICE))).isPresent();
    }

    @Test
    public void anIdThatIsNowhereIsAddedBeside() throws Exception {
        final Stored pending = new Stored("east-bmc-pending");
        assertThat(sole("east-bmc-pending", Optional.empty())).isEmpty();

        used(bmc).add(pending);

        assertThat(folder.getCredentials(everywhere)).containsExactly(bmc, pending);
        assertThat(root.getCredentials(everywhere)).isEmpty();
    }

    @Test
    public void whatIsBesideIsReplacedAndRemoved() throws Exception {
        final Stored pending = folder.with(everywhere, new Stored("east-bmc-pending"));
        final Stored next = new Stored("east-bmc-pending");

        sole("east-bmc-pending", Optional.of(pending)).orElseThrow().replace(next);
        assertThat(folder.getCredentials(everywhere)).containsExactly(bmc, next);

        sole("east-bmc-pending", Optional.of(next)).orElseThrow().remove();
        assertThat(folder.getCredentials(everywhere)).containsExactly(bmc);
    }

    @Test
    public void anIdThatIsInAnotherStoreOrDomainIsLeftAlone() {
        final Stored elsewhere = root.with(everywhere, new Stored("in-root"));
        final Stored beyond = folder.with(other, new Stored("in-domain"));

        assertThatThrownBy(() -> sole("in-root", Optional.of(elsewhere))).hasMessageContaining("left alone");
        assertThatThrownBy(() -> sole("in-domain", Optional.of(beyond))).hasMessageContaining("left alone");
    }

    @Test
    public void anIdThatIsBesideAndElsewhereIsLeftAlone() {
        final Stored here = folder.with(everywhere, new Stored("twice"));
        root.with(everywhere, new Stored("twice"));

        assertThatThrownBy(() -> sole("twice", Optional.of(here))).hasMessageContaining("left alone");
    }

    @Test
    public void anIdThatTheJobMayNotUseIsLeftAlone() {
        folder.with(everywhere, new Stored("system-only"));

        assertThatThrownBy(() -> sole("system-only", Optional.empty())).hasMessageContaining("may not use");
        // From a vault that has no store.
        assertThatThrownBy(() -> sole("in-a-vault", Optional.of(new Stored("in-a-vault"))))
                .hasMessageContaining("left alone");
    }

    @Test
    public void aStoreThatAnswersNoHasNotWritten() {
        folder.answer = false;

        assertThatThrownBy(() -> used(bmc).add(new Stored("east-bmc-pending")))
                .isInstanceOf(NotWrittenException.class)
                .hasMessageContaining("'east-bmc-pending' was not written");
    }

    @Test
    public void aStoreThatFailsMayHaveWrittenAndItsWordsStayOut() {
        folder.failure = Optional.of(new IOException("canary"));

        assertThatThrownBy(() -> used(bmc).replace(new Stored("east-bmc")))
                .isInstanceOf(NotWrittenException.class)
                .hasMessageContaining("may not have been written")
                .hasMessageContaining("IOException")
                .hasMessageNotContaining("canary")
                .hasNoCause();
    }

    private List<CredentialsStore> stores() {
        return List.of(folder, root);
    }

    private CredentialPlace used(final Stored found) throws NotWrittenException {
        return CredentialPlace.used(found.getId(), Optional.of(found), stores());
    }

    private Optional<CredentialPlace> sole(final String id, final Optional<Stored> found) throws NotWrittenException {
        return CredentialPlace.sole(id, found, stores(), used(bmc));
    }

    /** A credential of a type of its own; as in Jenkins, equal ids make equal credentials. */
    private static final class Stored implements StandardCredentials {
        private static final long serialVersionUID = 1L;

        private final String id;

        private Stored(final String id) {
            this.id = id;
        }

        @Override
        public String getId() {
            return id;
        }

        @Override
        public String getDescription() {
            return "";
        }

        @Override
        public CredentialsScope getScope() {
            return CredentialsScope.GLOBAL;
        }

        @Override
        public boolean equals(final Object other) {
            return other instanceof Stored stored && stored.id.equals(id);
        }

        @Override
        public int hashCode() {
            return id.hashCode();
        }
    }

    /** Keeps in memory. */
    private final class Store extends CredentialsStore {
        private final Map<Domain, List<Credentials>> kept = new LinkedHashMap<>();
        /** What everybody but the system lacks. */
        private final Set<Permission> lacks = new HashSet<>();

        private boolean answer = true;
        private Optional<IOException> failure = Optional.empty();

        private Stored with(final Domain domain, final Stored stored) {
            kept.computeIfAbsent(domain, any -> new ArrayList<>()).add(stored);
            return stored;
        }

        @Override
        public ModelObject getContext() {
            return () -> "store";
        }

        @Override
        public boolean hasPermission2(final Authentication who, final Permission permission) {
            return who == ACL.SYSTEM2 || !lacks.contains(permission);
        }

        @Override
        public List<Domain> getDomains() {
            return List.copyOf(kept.keySet());
        }

        @Override
        public List<Credentials> getCredentials(final Domain domain) {
            return kept.getOrDefault(domain, List.of());
        }

        @Override
        public boolean addCredentials(final Domain domain, final Credentials credentials) throws IOException {
            return changed(() -> kept.get(domain).add(credentials));
        }

        @Override
        public boolean removeCredentials(final Domain domain, final Credentials credentials) throws IOException {
            return changed(() -> kept.get(domain).remove(credentials));
        }

        @Override
        public boolean updateCredentials(final Domain domain, final Credentials current, final Credentials replacement)
                throws IOException {
            return changed(() -> kept.get(domain).set(kept.get(domain).indexOf(current), replacement));
        }

        private boolean changed(final Runnable change) throws IOException {
            if (failure.isPresent()) {
                throw failure.get();
            }
            if (answer) {
                change.run();
            }
            return answer;
        }
    }
}
