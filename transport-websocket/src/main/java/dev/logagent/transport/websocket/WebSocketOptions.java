package dev.logagent.transport.websocket;

import dev.logagent.api.option.OptionSpec;
import dev.logagent.api.option.OptionTable;
import dev.logagent.api.tls.Tls;

/** The options of {@code [transport.websocket]}. */
final class WebSocketOptions {

    static final OptionTable TABLE = OptionTable.of(
            OptionSpec.oneOf("ack", "message", "none")
                    .defaultsTo("message")
                    .doc("What confirms a batch: an acknowledgement message, or none. With none, batches that the"
                            + " receiver read but did not keep are lost."),
            OptionSpec.integer("ack_timeout_ms")
                    .range(1, 3_600_000)
                    .defaultsTo(30_000L)
                    .doc("How long a batch waits for its confirmation before it is sent again, in milliseconds."),
            OptionSpec.integer("window")
                    .range(1, 1_024)
                    .defaultsTo(64L)
                    .doc("How many batches may be unconfirmed at once."),
            OptionSpec.integer("connect_timeout_ms")
                    .range(1, 600_000)
                    .defaultsTo(5_000L)
                    .doc("How long connecting may take, TLS and handshake included, in milliseconds."),
            OptionSpec.integer("ping_interval_ms")
                    .range(10, 3_600_000)
                    .defaultsTo(10_000L)
                    .doc("How often the receiver is asked for a sign of life, in milliseconds."),
            OptionSpec.integer("ping_timeout_ms")
                    .range(10, 3_600_000)
                    .defaultsTo(20_000L)
                    .doc("How long that sign may take before the connection is given up, in milliseconds; more than a"
                            + " batch needs on a slow line."),
            OptionSpec.map("headers")
                    .asSecret()
                    .checkedBy(HandshakeHeaders::check)
                    .doc("Headers that the handshake carries besides the agent's own."),
            OptionSpec.string("username")
                    .range(1, 1_000)
                    .checkedBy(value -> ((String) value).contains(":") ? "'username' must not contain a colon" : null)
                    .doc("The user for basic authentication; needs password."),
            OptionSpec.string("password").asSecret().doc("The password for basic authentication; needs username."),
            OptionSpec.string("bearer_token")
                    .range(1, 10_000)
                    .asSecret()
                    .checkedBy(value -> HandshakeHeaders.isVisibleAscii((String) value)
                            ? null
                            : "'bearer_token' must consist of visible ASCII characters")
                    .doc("The token for bearer authentication, instead of username and password."),
            Tls.CA,
            Tls.CERT,
            Tls.KEY,
            Tls.INSECURE,
            OptionSpec.string("user_agent")
                    .range(1, 1_000)
                    .checkedBy(value -> HandshakeHeaders.isValue((String) value)
                            ? null
                            : "'user_agent' must consist of ASCII characters")
                    .doc("The User-Agent header; the agent's name and version if not given."));

    private WebSocketOptions() {}
}
