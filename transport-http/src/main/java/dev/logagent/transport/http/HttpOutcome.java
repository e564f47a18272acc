package dev.logagent.transport.http;

import dev.logagent.api.transport.Excerpt;
import dev.logagent.api.transport.SendResult;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.SSLException;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** The one table that says what a status, or a failure, means for the batch. Immutable. */
final class HttpOutcome {

    /** A server that asks for more patience than this is asked again anyway. */
    static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

    private final String destination;
    private final Clock clock;

    /** @param destination scheme, host and port for messages; without path and query, which may hold secrets */
    HttpOutcome(String destination, Clock clock) {
        this.destination = destination;
        this.clock = clock;
    }

    /**
     * What an answer means.
     *
     * @param excerpt the beginning of its body as one line, empty if it has none
     */
    SendResult of(Response response, String excerpt) {
        int status = response.code();
        if (status >= 200 && status < 300) {
            return SendResult.delivered();
        }
        String reason = reason(response, excerpt);
        if (status >= 300 && status < 400) {
            String location = response.header("Location");
            return new SendResult.Misconfigured(
                    location == null
                            ? reason
                            : reason + " (redirects to " + Excerpt.of(location)
                                    + ": if that is right, make it the end_point)");
        }
        return switch (status) {
            // Too slow, too early, too many: the same request will be welcome later.
            case 408, 425, 429 -> new SendResult.Retry(reason, retryAfter(response));
            // Not this batch is wrong but every one: address, credentials, method, size of headers, form of payload.
            case 401, 402, 403, 404, 405, 406, 407, 410, 411, 414, 415, 417, 421, 426, 431, 451 ->
                new SendResult.Misconfigured(reason);
            default ->
                status >= 500 ? new SendResult.Retry(reason, retryAfter(response)) : new SendResult.Rejected(reason);
        };
    }

    /** What it means that no answer came. It is not known whether the batch arrived, so it is never rejected. */
    SendResult of(IOException failure) {
        String reason = reason(failure);
        return isMisconfigured(failure) ? new SendResult.Misconfigured(reason) : SendResult.retry(reason);
    }

    /** Status and message for a person, e.g. {@code 503 Service Unavailable: back in an hour}. */
    String reason(Response response, String excerpt) {
        String status = (response.code() + " " + Excerpt.of(response.message())).strip();
        return excerpt.isEmpty() ? status : status + ": " + excerpt;
    }

    /** What happened, for a person. */
    String reason(IOException failure) {
        String detail = detail(failure);
        if (failure instanceof UnknownHostException) {
            return "the host of " + destination + " is unknown";
        } else if (failure instanceof SSLException) {
            return "no secure connection to " + destination + ": " + detail;
        } else if (failure instanceof ConnectException || failure instanceof NoRouteToHostException) {
            return "cannot connect to " + destination + ": " + detail;
        } else if (failure instanceof SocketTimeoutException) {
            return "cannot connect to " + destination + " within connect_timeout_ms";
        } else if (failure instanceof InterruptedIOException) {
            return "no answer from " + destination + " within request_timeout_ms";
        } else if (failure instanceof ProtocolException) {
            return destination + " does not speak HTTP as expected: " + detail;
        }
        return "the connection to " + destination + " broke: " + detail;
    }

    /** Whether a person has to do something, rather than time. */
    private static boolean isMisconfigured(IOException failure) {
        if (failure instanceof ProtocolException) {
            return true;
        }
        // A server that dies during the handshake shows as an SSLException, too.
        return failure instanceof SSLException
                && causedBy(failure, EOFException.class) == null
                && causedBy(failure, SocketException.class) == null
                && causedBy(failure, InterruptedIOException.class) == null;
    }

    /** The innermost message: the outer ones repeat it with class names. */
    private static String detail(IOException failure) {
        Throwable innermost = failure;
        while (innermost.getCause() != null && innermost.getCause().getMessage() != null) {
            innermost = innermost.getCause();
        }
        String message = innermost.getMessage();
        return message == null ? failure.getClass().getSimpleName() : Excerpt.of(message);
    }

    private static <T extends Throwable> @Nullable T causedBy(Throwable failure, Class<T> type) {
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }

    /** Retry-After as seconds or as a date (RFC 9110, section 10.2.3); null when there is none, or none that makes sense. */
    private @Nullable Duration retryAfter(Response response) {
        String value = response.header("Retry-After");
        if (value == null || value.isBlank()) {
            return null;
        }
        Duration wait;
        String digits = value.strip();
        if (digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            // More digits than any sensible number, and more than a long may hold.
            wait = digits.length() > 9 ? LONGEST_WAIT : Duration.ofSeconds(Long.parseLong(digits));
        } else {
            Instant date = response.headers().getInstant("Retry-After");
            if (date == null) {
                return null;
            }
            wait = Duration.between(clock.instant(), date);
        }
        if (wait.isNegative()) {
            return Duration.ZERO;
        }
        return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    }
}
