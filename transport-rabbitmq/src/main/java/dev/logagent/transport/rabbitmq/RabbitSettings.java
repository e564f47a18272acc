package dev.logagent.transport.rabbitmq;

import dev.logagent.api.option.Options;
import java.time.Duration;

/**
 * How to deal with the broker.
 *
 * @param channels how many channels a connection has
 * @param confirmWindow how many messages of a channel may be open
 * @param confirmTimeout how long to wait without a confirm
 * @param connectTimeout how long to wait for each answer until messages can be sent
 * @param heartbeat the interval of heartbeats
 * @param mandatory whether unroutable messages come back
 * @param connectionName what the broker shows to its operator
 */
record RabbitSettings(
        int channels,
        int confirmWindow,
        Duration confirmTimeout,
        Duration connectTimeout,
        Duration heartbeat,
        boolean mandatory,
        String connectionName) {

    static RabbitSettings from(Options options, int maxConcurrentSends, String connectionName) {
        return new RabbitSettings(
                (int) Math.min(options.integer("max_channels"), maxConcurrentSends),
                (int) options.integer("confirm_window"),
                options.millis("confirm_timeout_ms"),
                options.millis("connect_timeout_ms"),
                Duration.ofSeconds(options.integer("heartbeat_secs")),
                options.bool("mandatory"),
                connectionName);
    }
}
