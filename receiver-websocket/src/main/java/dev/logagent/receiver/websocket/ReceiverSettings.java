package dev.logagent.receiver.websocket;

import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * How a receiver listens.
 *
 * @param maxMessageBytes larger messages are refused; senders are told this limit when they connect
 * @param tls what to show to clients, or null for no TLS
 * @param demandsClientCertificate whether only clients with a certificate are let in
 */
public record ReceiverSettings(
        int maxMessageBytes, @Nullable SSLContext tls, boolean demandsClientCertificate) {

    /** No TLS, messages up to 64 MiB. */
    public static final ReceiverSettings PLAIN = new ReceiverSettings(64 * 1024 * 1024, null, false);
}
