package dev.logagent.transport.websocket;

import dev.logagent.api.option.Options;
import java.time.Duration;
import java.util.Map;
import javax.net.SocketFactory;

/**
 * What every connection of one transport is made of.
 *
 * @param headers of the handshake
 * @param sockets plain ones, or with TLS
 * @param acknowledged whether the receiver confirms batches with messages
 */
record Settings(
        EndPoint endPoint,
        Map<String, String> headers,
        SocketFactory sockets,
        boolean acknowledged,
        Duration ackTimeout,
        Duration connectTimeout,
        Duration pingInterval,
        Duration pingTimeout) {

    Settings {
        headers = Map.copyOf(headers);
    }

    static Settings of(EndPoint endPoint, Map<String, String> headers, SocketFactory sockets, Options options) {
        return new Settings(
                endPoint,
                headers,
                sockets,
                options.string("ack").equals("message"),
                options.millis("ack_timeout_ms"),
                options.millis("connect_timeout_ms"),
                options.millis("ping_interval_ms"),
                options.millis("ping_timeout_ms"));
    }
}
