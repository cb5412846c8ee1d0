package io.jenkins.plugins.azurestack.powershell.psrp;

import java.util.Optional;

/**
 * A method of the PowerShell host that a server may call on its client (MS-PSRP 2.2.3.17, RemoteHostMethodId).
 * Immutable.
 */
enum HostMethod {
    GET_NAME(1, true),
    GET_VERSION(2, true),
    GET_INSTANCE_ID(3, true),
    GET_CURRENT_CULTURE(4, true),
    GET_CURRENT_UI_CULTURE(5, true),
    SET_SHOULD_EXIT(6, false),
    ENTER_NESTED_PROMPT(7, false),
    EXIT_NESTED_PROMPT(8, false),
    NOTIFY_BEGIN_APPLICATION(9, false),
    NOTIFY_END_APPLICATION(10, false),
    READ_LINE(11, true),
    READ_LINE_AS_SECURE_STRING(12, true),
    WRITE_1(13, false),
    WRITE_2(14, false),
    WRITE_LINE_1(15, false),
    WRITE_LINE_2(16, false),
    WRITE_LINE_3(17, false),
    WRITE_ERROR_LINE(18, false),
    WRITE_DEBUG_LINE(19, false),
    WRITE_PROGRESS(20, false),
    WRITE_VERBOSE_LINE(21, false),
    WRITE_WARNING_LINE(22, false),
    PROMPT(23, true),
    PROMPT_FOR_CREDENTIAL_1(24, true),
    PROMPT_FOR_CREDENTIAL_2(25, true),
    PROMPT_FOR_CHOICE(26, true),
    GET_FOREGROUND_COLOR(27, true),
    SET_FOREGROUND_COLOR(28, false),
    GET_BACKGROUND_COLOR(29, true),
    SET_BACKGROUND_COLOR(30, false),
    GET_CURSOR_POSITION(31, true),
    SET_CURSOR_POSITION(32, false),
    GET_WINDOW_POSITION(33, true),
    SET_WINDOW_POSITION(34, false),
    GET_CURSOR_SIZE(35, true),
    SET_CURSOR_SIZE(36, false),
    GET_BUFFER_SIZE(37, true),
    SET_BUFFER_SIZE(38, false),
    GET_WINDOW_SIZE(39, true),
    SET_WINDOW_SIZE(40, false),
    GET_WINDOW_TITLE(41, true),
    SET_WINDOW_TITLE(42, false),
    GET_MAX_WINDOW_SIZE(43, true),
    GET_MAX_PHYSICAL_WINDOW_SIZE(44, true),
    GET_KEY_AVAILABLE(45, true),
    READ_KEY(46, true),
    FLUSH_INPUT_BUFFER(47, false),
    SET_BUFFER_CONTENTS_1(48, false),
    SET_BUFFER_CONTENTS_2(49, false),
    GET_BUFFER_CONTENTS(50, true),
    SCROLL_BUFFER_CONTENTS(51, false),
    PUSH_RUNSPACE(52, false),
    POP_RUNSPACE(53, false),
    GET_IS_RUNSPACE_PUSHED(54, true),
    GET_RUNSPACE(55, true),
    PROMPT_FOR_CHOICE_MULTIPLE_SELECTION(56, true);

    private final int number;
    private final boolean returnsValue;

    HostMethod(int number, boolean returnsValue) {
        this.number = number;
        this.returnsValue = returnsValue;
    }

    int number() {
        return number;
    }

    /** Whether the server waits for an answer, for ever if need be. */
    boolean returnsValue() {
        return returnsValue;
    }

    static Optional<HostMethod> of(int number) {
        return number >= 1 && number <= values().length ? Optional.of(values()[number - 1]) : Optional.empty();
    }
}
