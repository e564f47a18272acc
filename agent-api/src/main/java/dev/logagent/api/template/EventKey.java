package dev.logagent.api.template;

import dev.logagent.api.LogEvent;
import dev.logagent.api.encode.Rfc3339;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The keys of an event, as the event format names them, that a template can hold; all but {@code agent} and tags. */
enum EventKey {
    ID,
    TIMESTAMP,
    DETECTED_AT,
    MESSAGE,
    RAW,
    OFFSET,
    LEVEL,
    SERVICE,
    COMPONENT,
    SOURCE,
    HOST,
    REGION,
    FILE;

    /** The name in a template: {@code detected_at}. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether nearly every event has a value of its own. */
    boolean isEndless() {
        return compareTo(LEVEL) < 0;
    }

    /** Whether all lines of a run have the same value; what is only found in lines is the same as long as none is parsed. */
    boolean isSameWithinRun(boolean parsed) {
        return compareTo(parsed ? COMPONENT : LEVEL) > 0;
    }

    /** The event's value, or null where it has none. */
    @Nullable String of(LogEvent event) {
        return switch (this) {
            case ID -> event.id();
            case TIMESTAMP -> Rfc3339.format(event.timestampMillis());
            case DETECTED_AT -> Rfc3339.format(event.run().detectedAtMillis());
            case MESSAGE -> event.message();
            case RAW -> event.text();
            case OFFSET -> Long.toString(event.offset());
            case LEVEL -> event.level().name();
            case SOURCE -> event.source().name();
            case SERVICE -> event.service();
            case COMPONENT -> event.component();
            case HOST -> event.source().host();
            case REGION -> event.source().region();
            case FILE -> event.run().file().path();
        };
    }

    /** All names. */
    static List<String> words() {
        return Arrays.stream(values()).map(EventKey::word).toList();
    }
}
