package dev.logagent.core.parser;

import dev.logagent.api.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the keys mean that programs use in structured lines. */
enum Role {
    TIME(
            null,
            "time",
            "timestamp",
            "@timestamp",
            "ts",
            "t",
            "date",
            "datetime",
            "asctime",
            "eventtime",
            "@t",
            "timestamp_ms",
            "timemillis",
            "time_local",
            "time_iso8601",
            "t.$date",
            "instant.epochsecond"),
    LEVEL(
            null,
            "level",
            "severity",
            "lvl",
            "loglevel",
            "log.level",
            "levelname",
            "level_name",
            "log_level",
            "@l",
            "severity_text",
            "severitytext",
            "s", // MongoDB
            "priority"),
    MESSAGE(null, "message", "msg", "@m", "@mt", "log", "text", "body", "event", "short_message"),
    SERVICE(
            null,
            "service",
            "service.name",
            "service_name",
            "servicename",
            "dd.service",
            "app",
            "application",
            "appname"),
    COMPONENT(null, "component", "subsystem"),
    TRACE(Field.TRACE_ID, "trace_id", "traceid", "trace.id", "dd.trace_id", "otel.trace_id", "trace"),
    TRACE_PARENT(null, "traceparent", "trace_parent"),
    SPAN(Field.SPAN_ID, "span_id", "spanid", "span.id", "dd.span_id", "otel.span_id"),
    REQUEST(Field.REQUEST_ID, "request_id", "requestid", "req_id", "x-request-id", "correlation_id", "correlationid"),
    LOGGER(Field.LOGGER, "logger", "logger_name", "loggername", "log.logger", "name"),
    THREAD(Field.THREAD, "thread", "thread_name", "threadname", "process.thread.name"),
    CALLER(Field.CALLER, "caller", "source.location"),
    HOST(Field.HOSTNAME, "hostname", "host", "host.name"),
    STATUS(Field.STATUS, "status", "status_code", "http.status_code", "statuscode"),
    PID(Field.PID, "pid", "process.pid");

    private static final KeyTable<Role> TABLE = table();

    private final @Nullable Field field;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> keys;

    Role(@Nullable Field field, String... keys) {
        this.field = field;
        this.keys = List.of(keys);
    }

    private static KeyTable<Role> table() {
        KeyTable<Role> table = new KeyTable<>();
        for (Role role : values()) {
            for (String key : role.keys) {
                table.put(key, role);
            }
        }
        return table;
    }

    /** The role of a key, in any case; null if it has none. */
    static @Nullable Role of(byte[] bytes, int start, int end) {
        return TABLE.get(bytes, start, end);
    }

    /** Under which name the value goes on, or null for what has a place of its own in an event. */
    @Nullable Field field() {
        return field;
    }
}
