package dev.logagent.transport.websocket;

import dev.logagent.api.transport.Excerpt;
import dev.logagent.api.transport.SendResult;
import java.io.EOFException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** The one table that says what it means when there is no connection, or none any more. Immutable. */
final class Failures {

    /** Message too big (RFC 6455, section 7.4.1). */
    static final int TOO_BIG = 1009;

    private static final int NO_CODE = 1000;

    private final String destination;

    /** @param destination scheme, host and port for messages */
    Failures(String destination) {
        this.destination = destination;
    }

    String destination() {
        return destination;
    }

    /** The handshake was answered with something else than a connection. */
    NotConnectedException refused(Refusal refusal) {
        String status = (refusal.status() + " " + Excerpt.of(refusal.phrase())).strip();
        String reason = destination + " refused the WebSocket handshake: " + status;
        boolean temporary = refusal.status() >= 500
                || refusal.status() == 408
                || refusal.status() == 425
                || refusal.status() == 429;
        return NotConnectedException.of(
                reason,
                temporary
                        ? new SendResult.Retry(reason, refusal.after())
                        : new SendResult.Misconfigured(
                                reason + (refusal.status() < 400 ? ": is end_point right?" : "")));
    }

    /** Connecting, or the handshake of TLS, failed. */
    NotConnectedException notConnected(Exception failure) {
        String detail = detail(failure);
        if (failure instanceof UnknownHostException) {
            return NotConnectedException.retry("the host of " + destination + " is unknown");
        }
        if (failure instanceof SSLException) {
            String reason = "no secure connection to " + destination + ": " + detail;
            return isOperatorsMistake(failure)
                    ? NotConnectedException.of(reason, new SendResult.Misconfigured(reason))
                    : NotConnectedException.retry(reason);
        }
        if (failure instanceof SocketTimeoutException) {
            return connectTimeout();
        }
        if (failure instanceof ConnectException || failure instanceof NoRouteToHostException) {
            return NotConnectedException.retry("cannot connect to " + destination + ": " + detail);
        }
        return NotConnectedException.retry("the connection to " + destination + " broke: " + detail);
    }

    NotConnectedException connectTimeout() {
        return NotConnectedException.retry("cannot connect to " + destination + " within connect_timeout_ms");
    }

    /** The receiver answered the handshake with something that is none, or hung up. */
    NotConnectedException badHandshake(String detail) {
        String reason = destination + " does not answer the WebSocket handshake as expected"
                + (detail.isBlank() ? "" : ": " + Excerpt.of(detail));
        return NotConnectedException.retry(reason);
    }

    /** An open connection ended, with a close code (RFC 6455, section 7.4) and the receiver's reason. */
    NotConnectedException closed(int code, String detail) {
        String why = code <= NO_CODE || code == 1006 ? "" : " with code " + code;
        String said = detail.isBlank() ? "" : ": " + Excerpt.of(detail);
        String reason = "the connection to " + destination + " was closed" + why + said;
        // Policy violation, and the registered codes for unauthorized and forbidden.
        boolean operatorsMistake = code == 1008 || code == 3000 || code == 3003;
        return operatorsMistake
                ? NotConnectedException.of(reason, new SendResult.Misconfigured(reason))
                : NotConnectedException.retry(reason);
    }

    /** Whether a person has to do something, rather than time: a server that dies shows as an SSLException, too. */
    private static boolean isOperatorsMistake(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof EOFException
                    || cause instanceof SocketException
                    || cause instanceof InterruptedIOException) {
                return false;
            }
        }
        return true;
    }

    /** The innermost message: the outer ones repeat it with class names. */
    private static String detail(Throwable failure) {
        Throwable innermost = failure;
        for (@Nullable Throwable cause = failure.getCause();
                cause != null && cause.getMessage() != null;
                cause = cause.getCause()) {
            innermost = cause;
        }
        String message = innermost.getMessage();
        return message == null ? failure.getClass().getSimpleName() : Excerpt.of(message);
    }
}
