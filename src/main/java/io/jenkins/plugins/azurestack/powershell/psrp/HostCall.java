package io.jenkins.plugins.azurestack.powershell.psrp;

import io.jenkins.plugins.azurestack.powershell.clixml.CliXmlException;
import io.jenkins.plugins.azurestack.powershell.clixml.PsValue;
import java.util.regex.Pattern;

/**
 * A call that the server makes to its client's host (MS-PSRP 2.2.2.15 and 2.2.2.27); arguments are not kept. Immutable.
 *
 * @param callId to be repeated in the answer
 * @param methodNumber which method
 * @param methodName its name as the server wrote it, or its number
 */
record HostCall(long callId, int methodNumber, String methodName) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]{1,64}");
    private static final long NO_ANSWER_WANTED = -100;

    static HostCall of(PsValue value) throws MalformedMessageException {
        try {
            PsValue method = value.required("mi");
            int number = method.asInt();
            return new HostCall(value.required("ci").asLong(), number, name(method.asString(), number));
        } catch (CliXmlException e) {
            throw new MalformedMessageException("a host call lacks its id or its method");
        }
    }

    private static String name(String serversName, int number) {
        return NAME.matcher(serversName).matches() ? serversName : "number " + number;
    }

    /** Whether the server waits; a method that this client does not know is taken to wait. */
    boolean wantsAnswer() {
        return callId != NO_ANSWER_WANTED
                && HostMethod.of(methodNumber).map(HostMethod::returnsValue).orElse(true);
    }
}
