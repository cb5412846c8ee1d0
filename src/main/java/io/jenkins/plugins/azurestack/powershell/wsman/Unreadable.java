package io.jenkins.plugins.azurestack.powershell.wsman;

/** Words for HTTP answers that carry no envelope. */
final class Unreadable {

    private Unreadable() {}

    /** An answer to an envelope. */
    static WsManException answer(final HttpAnswer answer) {
        if (answer.body().length == 0 && answer.status() >= 400) {
            return new MalformedAnswerException(
                    "The server answered with " + answer.describe() + " and no content: check that the WinRM service"
                            + " runs and is not overloaded",
                    null);
        }
        return notWsMan(Delivery.UNKNOWN, answer);
    }

    /** An answer to an attempt to log on. */
    static NotWsManException notWsMan(final Delivery delivery, final HttpAnswer answer) {
        final String hint =
                switch (answer.status()) {
                    case 301, 302, 303, 307, 308 -> "it redirects elsewhere, which WinRM never does";
                    case 403 -> "it forbids access before any logon; a proxy or web server may be in the way";
                    case 404 -> "nothing is served at this path";
                    case 407 -> "a proxy wants a logon of its own";
                    case 503 -> "the service behind this port does not run";
                    default -> "something else listens there";
                };
        return new NotWsManException(
                delivery,
                "What answered is not WinRM (" + answer.describe() + "): " + hint + ". Check host, port and path",
                null);
    }
}
