package io.jenkins.plugins.azurestack.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.util.concurrent.ListenableFuture;
import com.thoughtworks.xstream.converters.reflection.SunUnsafeReflectionProvider;
import hudson.model.Result;
import hudson.model.Run;
import hudson.util.XStream2;
import io.jenkins.plugins.azurestack.jenkins.config.AzureStackHubConfiguration;
import io.jenkins.plugins.azurestack.jenkins.step.AzsCheckExpiryStep;
import io.jenkins.plugins.azurestack.jenkins.ui.StampBuildAction;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.steps.BodyInvoker;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.junit.Rule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;

/**
 * What earlier versions have written is read field by field, and today's form is among it. Every form is kept as it was written
 * by a real Jenkins, in a folder for each version whose forms differ, with all that has to be read from it in a text beside it.
 *
 * <p>{@code -Dforms=src/test/resources/io/jenkins/plugins/azurestack/jenkins/forms/<version>} writes those of today; a folder
 * that is there stays as it is.
 */
public class OldFormsTest {
    private static final String OURS = "io.jenkins.plugins.azurestack.";
    /** From the oldest on. */
    private static final List<String> VERSIONS = List.of("0.1.0");

    private static final List<String> EXECUTIONS = List.of(
            "AzsCheckExpiryExecution",
            "AzsRotateSecretsExecution",
            "AzsUpdateBmcExecution",
            "AzsCertificateRequestsExecution");

    @Rule
    public final JenkinsRule jenkins = new JenkinsRule();

    /** The context of a step that runs nowhere; part of the kept forms. */
    private static final class Nowhere extends StepContext {
        private static final long serialVersionUID = 1L;

        @Override
        public <T> T get(final Class<T> key) {
            return null;
        }

        @Override
        public void onSuccess(final Object result) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void onFailure(final Throwable failure) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void setResult(final Result result) {
            throw new UnsupportedOperationException();
        }

        @Override
        public ListenableFuture<Void> saveState() {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isReady() {
            return false;
        }

        @Override
        public BodyInvoker newBodyInvoker() {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean equals(final Object other) {
            return other instanceof Nowhere;
        }

        @Override
        public int hashCode() {
            return 1;
        }
    }

    /** Every persisted object with every field filled in, by the name of its form. */
    private static Map<String, Object> objects() throws Exception {
        final Map<String, Object> objects = new LinkedHashMap<>();
        for (final String execution : EXECUTIONS) {
            final Object filled = filled(Class.forName(AzsCheckExpiryStep.class.getPackageName() + "." + execution));
            final Field context = StepExecution.class.getDeclaredField("context");
            context.setAccessible(true);
            context.set(filled, new Nowhere());
            objects.put(execution + ".ser", filled);
        }
        objects.put("StampBuildAction.xml", filled(StampBuildAction.class));
        objects.put("AzureStackHubConfiguration.xml", filled(AzureStackHubConfiguration.class));
        return objects;
    }

    private static Object filled(final Class<?> type) throws Exception {
        final Object object = new SunUnsafeReflectionProvider().newInstance(type);
        for (final Field field : persisted(type)) {
            field.set(object, value(field.getName(), field.getGenericType()));
        }
        return object;
    }

    private static Object value(final String name, final Type type) throws Exception {
        if (type == String.class) {
            return "a " + name;
        }
        if (type == boolean.class) {
            return true;
        }
        if (type == int.class) {
            return name.length();
        }
        if (type == long.class) {
            return (long) name.length();
        }
        if (type instanceof ParameterizedType list && list.getRawType() == ArrayList.class) {
            final Type element = list.getActualTypeArguments()[0];
            final List<Object> elements = new ArrayList<>();
            elements.add(value("first of " + name, element));
            elements.add(value("second of " + name, element));
            return elements;
        }
        return filled((Class<?>) type);
    }

    /** The fields of our own classes, those of the base class first. */
    private static List<Field> persisted(final Class<?> type) {
        final List<Field> fields = new ArrayList<>();
        for (Class<?> one = type; one.getName().startsWith(OURS); one = one.getSuperclass()) {
            final List<Field> own = new ArrayList<>();
            for (final Field field : one.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())
                        && !Modifier.isTransient(field.getModifiers())
                        && !field.isSynthetic()) {
                    field.setAccessible(true);
                    own.add(field);
                }
            }
            fields.addAll(0, own);
        }
        return fields;
    }

    private static byte[] written(final String name, final Object object) throws IOException {
        if (name.endsWith(".xml")) {
            return xstream(name).toXML(object).getBytes(StandardCharsets.UTF_8);
        }
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        return bytes.toByteArray();
    }

    private static Object read(final String name, final byte[] form) throws Exception {
        if (name.endsWith(".xml")) {
            return xstream(name).fromXML(new String(form, StandardCharsets.UTF_8));
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(form))) {
            return in.readObject();
        }
    }

    /** The record of a build has its own. */
    private static XStream2 xstream(final String name) {
        return name.startsWith("StampBuildAction") ? Run.XSTREAM2 : Jenkins.XSTREAM2;
    }

    /** Every field with its value, a line each. */
    private static String fields(final Object object) throws IllegalAccessException {
        final List<String> lines = new ArrayList<>();
        lines(object.getClass().getSimpleName(), object, lines);
        Collections.sort(lines);
        return String.join("\n", lines) + "\n";
    }

    private static void lines(final String path, final Object value, final List<String> lines)
            throws IllegalAccessException {
        if (value instanceof List<?> list) {
            lines.add(path + ": " + list.getClass().getSimpleName() + " of " + list.size());
            for (int i = 0; i < list.size(); i++) {
                lines(path + "[" + i + "]", list.get(i), lines);
            }
        } else if (value != null && value.getClass().getName().startsWith(OURS)) {
            for (final Field field : persisted(value.getClass())) {
                lines(path + "." + field.getName(), field.get(value), lines);
            }
        } else {
            lines.add(path + ": " + value);
        }
    }

    private static byte[] kept(final String version, final String name) throws IOException {
        try (InputStream in = OldFormsTest.class.getResourceAsStream("forms/" + version + "/" + name)) {
            assertThat(in).as("the form of " + version + ", " + name).isNotNull();
            return in.readAllBytes();
        }
    }

    @Test
    public void everyFormThatWasEverWrittenIsReadFieldByField() throws Exception {
        for (final String version : VERSIONS) {
            for (final String name : objects().keySet()) {
                assertThat(fields(read(name, kept(version, name))))
                        .as(version + " " + name)
                        .isEqualTo(new String(kept(version, name + ".fields"), StandardCharsets.UTF_8));
            }
        }
    }

    @Test
    public void todaysFormIsAmongThem() throws Exception {
        if (System.getProperty("forms") != null) {
            keep(Files.createDirectories(Path.of(System.getProperty("forms"))));
        }
        final String latest = VERSIONS.get(VERSIONS.size() - 1);
        for (final Map.Entry<String, Object> one : objects().entrySet()) {
            assertThat(fields(read(one.getKey(), written(one.getKey(), one.getValue()))))
                    .as(one.getKey() + ": a field came or went, so this form is to be kept as one of a new version")
                    .isEqualTo(fields(read(one.getKey(), kept(latest, one.getKey()))));
        }
    }

    private static void keep(final Path folder) throws Exception {
        for (final Map.Entry<String, Object> one : objects().entrySet()) {
            if (Files.notExists(folder.resolve(one.getKey()))) {
                Files.write(folder.resolve(one.getKey()), written(one.getKey(), one.getValue()));
                Files.writeString(folder.resolve(one.getKey() + ".fields"), fields(one.getValue()));
            }
        }
    }
}
