package io.jenkins.plugins.azurestack.jenkins.config;

import java.util.List;
import java.util.Map;
import org.htmlunit.html.HtmlElement;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlInput;
import org.htmlunit.html.HtmlSelect;
import org.htmlunit.html.HtmlTextArea;
import org.jvnet.hudson.test.JenkinsRule;

/** The scenario typed into the system page. */
public class ConfigurationByPageTest extends ConfigurationScenario {
    private static final int PATIENCE_MILLIS = 10_000;

    @Override
    void tell(final Map<String, Object> fields) throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            final HtmlForm form = client.goTo("manage/configure").getFormByName("config");
            form.<HtmlElement>getFirstByXPath(".//button[contains(., 'Add stamp')]")
                    .click();
            client.waitForBackgroundJavaScript(PATIENCE_MILLIS);
            for (final Map.Entry<String, Object> field : fields.entrySet()) {
                type(form, "_." + field.getKey(), field.getValue());
            }
            jenkins.submit(form);
        }
    }

    private static void type(final HtmlForm form, final String name, final Object value) {
        final HtmlElement element = form.getFirstByXPath(".//div[@name='stamps']//*[@name='" + name + "']");
        if (element instanceof HtmlSelect select) {
            select.setSelectedAttribute((String) value, true);
        } else if (element instanceof HtmlTextArea area) {
            area.setText(
                    value instanceof List<?> lines ? String.join("\n", lines.toArray(String[]::new)) : (String) value);
        } else if (element instanceof HtmlInput input) {
            input.setValue((String) value);
        } else {
            throw new AssertionError("The page has no field " + name);
        }
    }
}
