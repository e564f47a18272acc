package dev.logagent.api.transport;

import dev.logagent.api.encode.EventJson;
import dev.logagent.api.encode.EventStyle;
import dev.logagent.api.encode.Format;
import dev.logagent.api.encode.PayloadEncoder;
import dev.logagent.api.option.Options;

/**
 * What a transport may know about its surroundings.
 *
 * @param agentName the configured name of the agent
 * @param agentVersion the version of the agent, for a user agent header or the like
 * @param endPoint {@code end_point} as configured, never empty
 * @param options the validated options of {@code [transport.NAME]}
 * @param format the configured format, else the factory's default
 * @param style how to write events
 * @param compression how to compress payloads; a transport that cannot throws from {@code create}
 * @param maxConcurrentSends how many threads call {@code send} at the same time at most, retries included
 */
public record TransportContext(
        String agentName,
        String agentVersion,
        String endPoint,
        Options options,
        Format format,
        EventStyle style,
        Compression compression,
        int maxConcurrentSends) {

    /** A context in which events are written as usual. */
    public TransportContext(
            String agentName,
            String agentVersion,
            String endPoint,
            Options options,
            Format format,
            Compression compression,
            int maxConcurrentSends) {
        this(agentName, agentVersion, endPoint, options, format, EventStyle.USUAL, compression, maxConcurrentSends);
    }

    /** The encoder of whole batches for the format. */
    public PayloadEncoder encoder() {
        return PayloadEncoder.of(format, style);
    }

    /** The encoder of single events. */
    public EventJson events() {
        return new EventJson(agentName, style);
    }
}
