package io.jenkins.plugins.azurestack.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.azurestack.jenkins.config.AzureStackHubConfiguration;
import io.jenkins.plugins.azurestack.jenkins.config.ConfiguredBmc;
import io.jenkins.plugins.azurestack.jenkins.config.ConfiguredCertificate;
import io.jenkins.plugins.azurestack.jenkins.config.ConfiguredStamp;
import io.jenkins.plugins.azurestack.jenkins.step.AzsCertificateRequestsStep;
import io.jenkins.plugins.azurestack.jenkins.step.AzsCheckExpiryStep;
import io.jenkins.plugins.azurestack.jenkins.step.AzsRotateSecretsStep;
import io.jenkins.plugins.azurestack.jenkins.step.AzsUpdateBmcStep;
import io.jenkins.plugins.azurestack.jenkins.ui.KeptApproval;
import io.jenkins.plugins.azurestack.jenkins.ui.KeptEvidence;
import io.jenkins.plugins.azurestack.jenkins.ui.StampBuildAction;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Set;
import org.junit.Test;

/**
 * What Jenkins writes to disk is made of plain classes: XStream loads a record as null, and an unmodifiable list as
 * something that no later version may be able to read.
 */
public class PersistedTypesTest {
    private static final String OURS = "io.jenkins.plugins.azurestack.";
    private static final Set<Type> PLAIN =
            Set.of(String.class, int.class, long.class, boolean.class, ArrayList.class, LinkedHashMap.class);

    @Test
    public void whatIsPersistedIsPlain() throws ClassNotFoundException {
        final Set<Class<?>> seen = new LinkedHashSet<>();
        requirePlain(AzureStackHubConfiguration.class, seen);
        requirePlain(AzsCheckExpiryStep.class, seen);
        requirePlain(Class.forName(AzsCheckExpiryStep.class.getPackageName() + ".AzsCheckExpiryExecution"), seen);
        requirePlain(AzsCertificateRequestsStep.class, seen);
        requirePlain(
                Class.forName(AzsCertificateRequestsStep.class.getPackageName() + ".AzsCertificateRequestsExecution"),
                seen);
        requirePlain(AzsRotateSecretsStep.class, seen);
        requirePlain(Class.forName(AzsRotateSecretsStep.class.getPackageName() + ".AzsRotateSecretsExecution"), seen);
        requirePlain(StampBuildAction.class, seen);

        requirePlain(AzsUpdateBmcStep.class, seen);
        requirePlain(Class.forName(AzsUpdateBmcStep.class.getPackageName() + ".AzsUpdateBmcExecution"), seen);
        requirePlain(Class.forName(AzsUpdateBmcStep.class.getPackageName() + ".MaintenanceExecution"), seen);

        assertThat(seen)
                .contains(
                        ConfiguredStamp.class,
                        ConfiguredCertificate.class,
                        ConfiguredBmc.class,
                        KeptEvidence.class,
                        KeptApproval.class);
    }

    private static void requirePlain(final Class<?> owner, final Set<Class<?>> seen) {
        if (!seen.add(owner)) {
            return;
        }
        assertThat(owner.isRecord() || owner.isAnonymousClass() || owner.isInterface())
                .as(owner + " is a plain class")
                .isFalse();
        for (final Field field : owner.getDeclaredFields()) {
            if (!Modifier.isStatic(field.getModifiers()) && !Modifier.isTransient(field.getModifiers())) {
                requirePlain(field.getGenericType(), field, seen);
            }
        }
    }

    private static void requirePlain(final Type type, final Field field, final Set<Class<?>> seen) {
        if (type instanceof ParameterizedType generic) {
            requirePlain(generic.getRawType(), field, seen);
            for (final Type argument : generic.getActualTypeArguments()) {
                requirePlain(argument, field, seen);
            }
        } else if (type instanceof Class<?> own && own.getName().startsWith(OURS)) {
            requirePlain(own, seen);
        } else {
            assertThat(PLAIN).as(field.toString()).contains(type);
        }
    }
}
