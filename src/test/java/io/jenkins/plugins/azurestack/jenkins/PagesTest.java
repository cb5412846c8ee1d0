package io.jenkins.plugins.azurestack.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.azurestack.jenkins.step.AzsRotateSecretsStep;
import io.jenkins.plugins.azurestack.jenkins.step.AzsUpdateBmcStep;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.junit.Test;
import org.kohsuke.stapler.verb.POST;

/** What Jenkins expects beside and inside every class that it shows a form for. */
public class PagesTest {
    private static final Path RESOURCES = Path.of("src/main/resources");
    private static final Pattern ENTRY =
            Pattern.compile("<f:entry[^>]*\\sfield=\"(\\w+)\"[^>]*>(.*?)</f:entry>", Pattern.DOTALL);

    @Test
    public void everyFieldIsOnThePageAndHasHelp() throws Exception {
        for (final Class<?> descriptor : Extensions.descriptors()) {
            final Class<?> described = Extensions.described(descriptor);
            final String page = text(described, "config.jelly");
            for (final String field : Extensions.fields(described)) {
                assertThat(page).as(described + " shows " + field).contains("field=\"" + field + "\"");
                assertThat(text(described, "help-" + field + ".html"))
                        .as("help for " + field)
                        .startsWith("<div>")
                        .hasSizeGreaterThan(60);
            }
        }
    }

    @Test
    public void noTranslatableTextHoldsWhatJellyTakesForArguments() throws Exception {
        try (Stream<Path> files = Files.walk(RESOURCES)) {
            for (final Path page :
                    files.filter(file -> file.toString().endsWith(".jelly")).toList()) {
                assertThat(Files.readString(page)).as(page.toString()).doesNotContainPattern("\\$\\{%[^}]*[(),]");
            }
        }
    }

    @Test
    public void thereIsNoHelpForAFieldThatIsGone() throws Exception {
        for (final Class<?> descriptor : Extensions.descriptors()) {
            final Class<?> described = Extensions.described(descriptor);
            final Set<String> helped = new TreeSet<>();
            try (Stream<Path> files = Files.list(folder(described))) {
                files.map(file -> file.getFileName().toString())
                        .filter(name -> name.startsWith("help-"))
                        .forEach(
                                name -> helped.add(name.substring("help-".length(), name.length() - ".html".length())));
            }
            assertThat(helped).as(described.getName()).isEqualTo(new TreeSet<>(Extensions.fields(described)));
        }
    }

    @Test
    public void aStepExplainsItself() throws Exception {
        for (final Class<?> descriptor : Extensions.descriptors()) {
            if (StepDescriptor.class.isAssignableFrom(descriptor)) {
                assertThat(text(Extensions.described(descriptor), "help.html")).contains("<pre>");
            }
        }
    }

    @Test
    public void everyFieldCanBeReadBack() throws Exception {
        for (final Class<?> descriptor : Extensions.descriptors()) {
            final Class<?> described = Extensions.described(descriptor);
            for (final String field : Extensions.fields(described)) {
                assertThat(described.getMethod("get" + capital(field)).getReturnType())
                        .as(described + " " + field)
                        .isNotEqualTo(void.class);
            }
        }
    }

    @Test
    public void everyCredentialHasAListAndACheck() throws Exception {
        int credentials = 0;
        for (final Class<?> descriptor : Extensions.descriptors()) {
            for (final String field : Extensions.fields(Extensions.described(descriptor))) {
                if (field.toLowerCase(Locale.ROOT).endsWith("credentialsid")) {
                    credentials++;
                    assertThat(webMethods(descriptor))
                            .extracting(Method::getName)
                            .contains("doFill" + capital(field) + "Items", "doCheck" + capital(field));
                }
            }
        }
        assertThat(credentials).isEqualTo(9);
    }

    @Test
    public void nothingAnswersToAGet() throws Exception {
        for (final Class<?> descriptor : Extensions.descriptors()) {
            for (final Method method : webMethods(descriptor)) {
                assertThat(method.isAnnotationPresent(POST.class))
                        .as(method.toString())
                        .isTrue();
            }
        }
    }

    @Test
    public void whatIsCheckedIsCheckedByPost() throws Exception {
        for (final Class<?> descriptor : Extensions.descriptors()) {
            final Matcher entries = ENTRY.matcher(text(Extensions.described(descriptor), "config.jelly"));
            final List<String> names =
                    webMethods(descriptor).stream().map(Method::getName).toList();
            while (entries.find()) {
                if (names.contains("doCheck" + capital(entries.group(1)))) {
                    assertThat(entries.group(2)).as(entries.group(1)).contains("checkMethod=\"post\"");
                }
            }
        }
    }

    @Test
    public void pagesEscapeAndHoldNoScriptOrHandler() throws IOException {
        final List<Path> pages = new ArrayList<>();
        try (Stream<Path> files = Files.walk(RESOURCES)) {
            files.filter(file -> file.toString().endsWith(".jelly")).forEach(pages::add);
        }
        assertThat(pages).hasSizeGreaterThan(3);
        for (final Path page : pages) {
            assertThat(Files.readString(page))
                    .as(page.toString())
                    .startsWith("<?jelly escape-by-default='true'?>")
                    .doesNotContain("<script")
                    .doesNotContainPattern("\\son\\w+=")
                    .doesNotContain("style=")
                    .doesNotContain("escapeText=\"false\"");
        }
    }

    @Test
    public void onlyDrawingsOfOursAreWrittenAsTheyAre() throws IOException {
        final List<String> written = new ArrayList<>();
        try (Stream<Path> files = Files.walk(RESOURCES)) {
            for (final Path page :
                    files.filter(file -> file.toString().endsWith(".jelly")).toList()) {
                final Matcher out = Pattern.compile("<j:out[^>]*>").matcher(Files.readString(page));
                while (out.find()) {
                    written.add(out.group());
                }
            }
        }
        // Both come from Markup, which escapes every text; ViewsTest holds them against hostile names.
        assertThat(written)
                .containsExactlyInAnyOrder(
                        "<j:out value=\"${view.timeline}\"/>", "<j:out value=\"${drawing.value}\"/>");
    }

    @Test
    public void noExpressionNamesWhatTheLanguageReserves() throws IOException {
        try (Stream<Path> files = Files.walk(RESOURCES)) {
            for (final Path page :
                    files.filter(file -> file.toString().endsWith(".jelly")).toList()) {
                assertThat(Files.readString(page))
                        .as(page.toString())
                        .doesNotContainPattern("\\$\\{[^}%]*\\.(size|empty)\\b[^(]");
            }
        }
    }

    @Test
    public void whatTheSnippetGeneratorMakesOfAnUntouchedFormOfAChangeIsAPlan() throws Exception {
        for (final Class<?> step : List.of(AzsRotateSecretsStep.class, AzsUpdateBmcStep.class)) {
            assertThat(text(step, "config.jelly"))
                    .contains("<f:checkbox title=\"${%Make a plan}\" default=\"${instance == null}\"/>");
        }
        assertThat(text(AzsRotateSecretsStep.class, "config.jelly")).contains("<f:select default=\"external\"/>");
    }

    private static List<Method> webMethods(final Class<?> descriptor) {
        return Arrays.stream(descriptor.getDeclaredMethods())
                .filter(method -> method.getName().matches("do[A-Z].*"))
                .toList();
    }

    private static String capital(final String field) {
        return field.substring(0, 1).toUpperCase(Locale.ROOT) + field.substring(1);
    }

    private static Path folder(final Class<?> described) {
        return RESOURCES.resolve(described.getName().replace('.', '/'));
    }

    private static String text(final Class<?> described, final String file) throws IOException {
        final String path = "/" + described.getName().replace('.', '/').replace('$', '/') + "/" + file;
        try (InputStream in = described.getResourceAsStream(path)) {
            assertThat(in).as(path).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
