package io.jenkins.plugins.azurestack.wiring;

import io.jenkins.plugins.azurestack.expiry.ExpirySource;
import io.jenkins.plugins.azurestack.expiry.Inquiry;
import io.jenkins.plugins.azurestack.expiry.Sighting;
import io.jenkins.plugins.azurestack.expiry.Target;
import io.jenkins.plugins.azurestack.stamp.Stamp;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * A source that asks Resource Manager one thing.
 *
 * @param name the source's
 * @param stamp whose Resource Manager
 * @param manager how it is asked
 * @param what is asked for, such as {@code the stamp's alerts}
 * @param question which
 * @param seen what to make of the answer
 */
record ResourceManagerSource<T>(
        String name,
        Stamp stamp,
        ResourceManagerAccess manager,
        String what,
        ResourceManagerAccess.Question<T> question,
        BiFunction<Target, T, List<Sighting>> seen)
        implements ExpirySource {
    @Override
    public List<Inquiry> inquiries() {
        final Target target = new Target(name, ResourceManagerAccess.host(stamp), Optional.empty());
        return List.of(manager.inquiry(target, what, question, answer -> seen.apply(target, answer)));
    }
}
