package io.jenkins.plugins.azurestack.powershell.psrp;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The types of message (MS-PSRP 2.2.1) with their numbers. */
public enum MessageType {
    /** Versions of both sides, first of all. */
    SESSION_CAPABILITY(0x00010002),
    /** Client: opens a runspace pool. */
    INIT_RUNSPACEPOOL(0x00010004),
    /** Client: the key under which the session key shall be encrypted. */
    PUBLIC_KEY(0x00010005),
    /** Server: the session key. */
    ENCRYPTED_SESSION_KEY(0x00010006),
    /** Server: asks for {@link #PUBLIC_KEY}. */
    PUBLIC_KEY_REQUEST(0x00010007),
    /** Client: connects to a pool that another client left. */
    CONNECT_RUNSPACEPOOL(0x00010008),
    /** Server: the numbers of a pool that was connected to. */
    RUNSPACEPOOL_INIT_DATA(0x0002100B),
    /** Client: starts the pool anew. */
    RESET_RUNSPACE_STATE(0x0002100C),
    /** Client: more or fewer runspaces at most. */
    SET_MAX_RUNSPACES(0x00021002),
    /** Client: more or fewer runspaces at least. */
    SET_MIN_RUNSPACES(0x00021003),
    /** Server: how many runspaces are free, or whether a change was made. */
    RUNSPACE_AVAILABILITY(0x00021004),
    /** Server: the pool's state. */
    RUNSPACEPOOL_STATE(0x00021005),
    /** Client: starts a pipeline. */
    CREATE_PIPELINE(0x00021006),
    /** Client: asks for {@link #RUNSPACE_AVAILABILITY}. */
    GET_AVAILABLE_RUNSPACES(0x00021007),
    /** Server: an event. */
    USER_EVENT(0x00021008),
    /** Server: what the session configuration wants to tell. */
    APPLICATION_PRIVATE_DATA(0x00021009),
    /** Client: asks for commands. */
    GET_COMMAND_METADATA(0x0002100A),
    /** Server: calls the client's host on behalf of the pool. */
    RUNSPACEPOOL_HOST_CALL(0x00021100),
    /** Client: answers such a call. */
    RUNSPACEPOOL_HOST_RESPONSE(0x00021101),
    /** Client: an object for a pipeline. */
    PIPELINE_INPUT(0x00041002),
    /** Client: no more objects. */
    END_OF_PIPELINE_INPUT(0x00041003),
    /** Server: an object out of a pipeline. */
    PIPELINE_OUTPUT(0x00041004),
    /** Server: a non-terminating error. */
    ERROR_RECORD(0x00041005),
    /** Server: the pipeline's state. */
    PIPELINE_STATE(0x00041006),
    /** Server: debug text. */
    DEBUG_RECORD(0x00041007),
    /** Server: verbose text. */
    VERBOSE_RECORD(0x00041008),
    /** Server: a warning. */
    WARNING_RECORD(0x00041009),
    /** Server: progress. */
    PROGRESS_RECORD(0x00041010),
    /** Server: information, which is what Write-Host writes. */
    INFORMATION_RECORD(0x00041011),
    /** Server: calls the client's host on behalf of a pipeline. */
    PIPELINE_HOST_CALL(0x00041100),
    /** Client: answers such a call. */
    PIPELINE_HOST_RESPONSE(0x00041101);

    private static final Map<Integer, MessageType> BY_CODE =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(MessageType::code, Function.identity()));

    private final int code;

    MessageType(int code) {
        this.code = code;
    }

    /** The number on the wire. */
    public int code() {
        return code;
    }

    /**
     * The type of a number.
     *
     * @param code the number on the wire
     * @return empty for types that are not known here; a receiver ignores their messages
     */
    public static Optional<MessageType> ofCode(int code) {
        return Optional.ofNullable(BY_CODE.get(code));
    }
}
