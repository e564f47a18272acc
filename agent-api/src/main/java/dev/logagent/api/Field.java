package dev.logagent.api;

import java.util.Locale;

/** What parsers find in lines, by the name it has in an event's {@code metadata}: the same name in every format. */
public enum Field {
    /** The parser that understood the line; {@code plain} if none did. */
    PARSER,
    /** The host that the line itself names. */
    HOSTNAME,
    PID,
    /** The thread's number. */
    TID,
    /** The thread's name. */
    THREAD,
    LOGGER,
    /** The place in the source code. */
    CALLER,
    FUNCTION,
    /** The class of the exception that the event reports. */
    EXCEPTION,
    TRACE_ID,
    SPAN_ID,
    REQUEST_ID,
    /** The syslog facility as a word. */
    FACILITY,
    /** The message id of RFC 5424. */
    MSGID,
    CLIENT_IP,
    CLIENT_PORT,
    USER,
    METHOD,
    /** The target of the request, query included. */
    PATH,
    PROTOCOL,
    STATUS,
    /** Bytes of the response's body. */
    BYTES,
    REFERRER,
    USER_AGENT,
    VHOST,
    SERVER,
    UPSTREAM,
    /** The first line of a request that is none of HTTP. */
    REQUEST,
    CONNECTION,
    MODULE,
    ERROR_CODE,
    STREAM,
    CONTAINER,
    CONTAINER_ID,
    /** The image that the container was made from. */
    IMAGE,
    POD,
    POD_UID,
    NAMESPACE,
    UNIT,
    BOOT_ID,
    CURSOR,
    TRANSPORT,
    /** The address that a message came from. */
    PEER,
    /** What came of an attempt: accepted, failed, opened, closed, executed. */
    RESULT,
    AUTH_METHOD,
    TARGET_USER,
    TTY,
    DIRECTORY,
    COMMAND,
    /** Seconds since the system started. */
    UPTIME,
    /** The number of a kernel's record. */
    SEQUENCE,
    /** What was done to a package. */
    ACTION,
    PACKAGE,
    ARCHITECTURE,
    VERSION,
    OLD_VERSION,
    STATE,
    DATABASE,
    APPLICATION,
    SQLSTATE,
    /** The Erlang process. */
    ERLANG_PID;

    private final String key = name().toLowerCase(Locale.ROOT);

    /** The name in an event's metadata. */
    public String key() {
        return key;
    }
}
