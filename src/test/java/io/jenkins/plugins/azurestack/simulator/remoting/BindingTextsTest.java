package io.jenkins.plugins.azurestack.simulator.remoting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.azurestack.powershell.clixml.PsObject;
import io.jenkins.plugins.azurestack.powershell.clixml.PsPrimitive;
import io.jenkins.plugins.azurestack.powershell.clixml.PsSecureString;
import io.jenkins.plugins.azurestack.powershell.clixml.PsValue;
import io.jenkins.plugins.azurestack.powershell.clixml.TypeNames;
import io.jenkins.plugins.azurestack.simulator.remoting.Cmdlet.Parameter;
import io.jenkins.plugins.azurestack.simulator.remoting.PipelineText.Argument;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.Test;

/** What PowerShell says of arguments that fit no parameter, word for word, and which fit. */
public class BindingTextsTest {
    private static final Cmdlet CMDLET = new Cmdlet() {
        @Override
        public String name() {
            return "Start-Thing";
        }

        @Override
        public List<Parameter> parameters() {
            return List.of(
                    Parameter.value("Path", "System.String").required().at(0),
                    Parameter.value("Count", "System.Int32").at(1),
                    Parameter.value("Names", "System.String[]"),
                    Parameter.ofSwitch("Internal"),
                    Parameter.ofSwitch("Installed"),
                    Parameter.secure("Password"),
                    Parameter.credential("Login"));
        }

        @Override
        public void run(final Invocation invocation, final Streams streams) {
            throw new UnsupportedOperationException();
        }
    };

    private final List<Argument> arguments = new ArrayList<>();

    private BindingTextsTest with(final String name, final PsValue value) {
        arguments.add(new Argument(Optional.of(name), value));
        return this;
    }

    private BindingTextsTest with(final PsValue value) {
        arguments.add(new Argument(Optional.empty(), value));
        return this;
    }

    private static PsValue text(final String text) {
        return PsPrimitive.of(text);
    }

    private Map<String, PsValue> bound() throws TerminatingError {
        return Binding.bind(CMDLET, arguments);
    }

    private void assertRefused(final String message, final String id, final int category) {
        assertThatThrownBy(this::bound).isInstanceOfSatisfying(TerminatingError.class, error -> {
            assertThat(error).hasMessage(message);
            assertThat(error.fullyQualifiedErrorId()).isEqualTo(id);
            assertThat(error.category()).isEqualTo(category);
            assertThat(error.activity()).isEqualTo("Start-Thing");
        });
    }

    @Test
    public void whatFits() throws Exception {
        with(text("here"))
                .with("count", text("3"))
                .with("INTERNAL", PsPrimitive.of(true))
                .with("Verbose", text(""));
        arguments.remove(arguments.size() - 1);
        with("Names", PsObject.list(TypeNames.STRING_ARRAY, List.of(PsPrimitive.of("a"), PsPrimitive.of("b"))));
        try (PsSecureString secret = PsSecureString.of("x".toCharArray())) {
            with("Password", secret).with("Login", PsObject.credential("me", secret));

            assertThat(bound().keySet())
                    .containsExactlyInAnyOrder("Path", "Count", "Internal", "Names", "Password", "Login");
            assertThat(bound().get("Count").asInt()).isEqualTo(3);
        }
    }

    @Test
    public void theBeginningOfANameIsEnoughIfItIsOneNamesOnly() throws Exception {
        assertThat(with("Pat", text("x")).bound()).containsKey("Path");
    }

    @Test
    public void commonParametersFitEveryCmdlet() throws Exception {
        assertThat(with("Path", text("x"))
                        .with("ErrorAction", text("Stop"))
                        .with("Verbose", PsPrimitive.of(true))
                        .bound())
                .containsKeys("ErrorAction", "Verbose");
    }

    @Test
    public void aSwitchWithoutAValueIsOn() throws Exception {
        assertThat(with("Path", text("x"))
                        .with("Internal", PsValue.ofNullable(null))
                        .bound()
                        .get("Internal")
                        .asBoolean())
                .isTrue();
    }

    @Test
    public void aParameterThatIsNotThere() {
        with("Path", text("x"))
                .with("Wrong", text("y"))
                .assertRefused(
                        "A parameter cannot be found that matches parameter name 'Wrong'.",
                        "NamedParameterNotFound,Start-Thing",
                        5);
    }

    @Test
    public void aParameterThatIsMissing() {
        assertRefused(
                "Cannot process command because of one or more missing mandatory parameters: Path.",
                "MissingMandatoryParameter,Start-Thing",
                5);
    }

    @Test
    public void aNameThatCouldBeTwo() {
        with("In", PsPrimitive.of(true))
                .assertRefused(
                        "Parameter cannot be processed because the parameter name 'In' is ambiguous. Possible matches"
                                + " include: -Internal -Installed -InformationAction -InformationVariable.",
                        "AmbiguousParameter,Start-Thing",
                        5);
    }

    @Test
    public void aParameterThatIsThereTwice() {
        with("Path", text("x"))
                .with("path", text("y"))
                .assertRefused(
                        "Cannot bind parameter because parameter 'Path' is specified more than once. To provide multiple"
                                + " values to parameters that can accept multiple values, use the array syntax. For"
                                + " example, \"-parameter value1,value2,value3\".",
                        "ParameterAlreadyBound,Start-Thing",
                        5);
    }

    @Test
    public void oneArgumentTooMany() {
        with(text("x"))
                .with(text("1"))
                .with(text("extra"))
                .assertRefused(
                        "A positional parameter cannot be found that accepts argument 'extra'.",
                        "PositionalParameterNotFound,Start-Thing",
                        5);
    }

    @Test
    public void aTextWhereANumberBelongs() {
        with("Path", text("x"))
                .with("Count", text("many"))
                .assertRefused(
                        "Cannot process argument transformation on parameter 'Count'. Cannot convert the \"many\" value"
                                + " of type \"System.String\" to type \"System.Int32\".",
                        "ParameterArgumentTransformationError,Start-Thing",
                        6);
    }

    @Test
    public void aTextWhereASecretBelongs() {
        with("Path", text("x"))
                .with("Password", text("open"))
                .assertRefused(
                        "Cannot process argument transformation on parameter 'Password'. Cannot convert the \"open\""
                                + " value of type \"System.String\" to type \"System.Security.SecureString\".",
                        "ParameterArgumentTransformationError,Start-Thing",
                        6);
    }

    @Test
    public void aTextWhereACredentialBelongs() {
        with("Path", text("x"))
                .with("Login", text("me"))
                .assertRefused(
                        "Cannot process argument transformation on parameter 'Login'. Cannot convert the \"me\" value of"
                                + " type \"System.String\" to type \"System.Management.Automation.PSCredential\".",
                        "ParameterArgumentTransformationError,Start-Thing",
                        6);
    }

    @Test
    public void aSecretThatWasEncryptedUnderNoKey() {
        with("Path", text("x")).with("Password", PsSecureString.sealed("AAAA"));

        assertThatThrownBy(this::bound).isInstanceOf(TerminatingError.class);
    }

    @Test
    public void aMandatoryTextThatIsEmpty() {
        with("Path", text(""))
                .assertRefused(
                        "Cannot bind argument to parameter 'Path' because it is an empty string.",
                        "ParameterArgumentValidationErrorEmptyStringNotAllowed,Start-Thing",
                        6);
    }

    @Test
    public void aSwitchWithAText() {
        with("Path", text("x"))
                .with("Internal", text("yes"))
                .assertRefused(
                        "Cannot process argument transformation on parameter 'Internal'. Cannot convert the \"yes\" value"
                                + " of type \"System.String\" to type \"System.Management.Automation.SwitchParameter\".",
                        "ParameterArgumentTransformationError,Start-Thing",
                        6);
    }
}
