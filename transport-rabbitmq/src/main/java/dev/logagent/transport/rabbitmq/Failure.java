package dev.logagent.transport.rabbitmq;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Method;
import com.rabbitmq.client.ShutdownSignalException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Why a channel or connection ended.
 *
 * @param code the broker's reply code, or 0 when it gave none
 * @param text what happened, for a person
 */
record Failure(int code, String text) {

    private static final Pattern EXCHANGE = Pattern.compile("exchange '([^']*)'");
    private static final Pattern SIZE = Pattern.compile("message size (\\d+)");

    /** The failure behind an exception of the client library, which wraps what the broker said. */
    static Failure of(Throwable exception) {
        Throwable innermost = exception;
        for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
            if (cause instanceof ShutdownSignalException signal && signal.getReason() != null) {
                return of(signal.getReason());
            }
            innermost = cause;
        }
        String message = innermost.getMessage();
        String name = innermost.getClass().getSimpleName();
        return new Failure(0, message == null || message.isBlank() ? plain(name) : message.replaceAll("\\s+", " "));
    }

    /** The exchange that the broker complains about, or null. */
    @Nullable String exchange() {
        Matcher name = EXCHANGE.matcher(text);
        return name.find() ? name.group(1) : null;
    }

    /** Whether an exchange does not exist, or may not be used. */
    boolean isAboutAccess() {
        return code == AMQP.NOT_FOUND || code == AMQP.ACCESS_REFUSED;
    }

    /** Whether a message was larger than the broker allows. */
    boolean isAboutSize() {
        return code == AMQP.PRECONDITION_FAILED && SIZE.matcher(text).find();
    }

    /** The size that the broker complains about, in bytes, or -1. */
    long size() {
        Matcher size = SIZE.matcher(text);
        return size.find() ? Long.parseLong(size.group(1)) : -1;
    }

    private static Failure of(Method reason) {
        if (reason instanceof AMQP.Channel.Close close) {
            return new Failure(close.getReplyCode(), close.getReplyText());
        }
        if (reason instanceof AMQP.Connection.Close close) {
            return new Failure(close.getReplyCode(), close.getReplyText());
        }
        return new Failure(0, reason.protocolMethodName());
    }

    /** {@code EOFException} says more as "the other side closed the connection". */
    private static String plain(String exceptionName) {
        return exceptionName.equals("EOFException")
                ? "the other side closed the connection"
                : exceptionName.replace("Exception", "").replaceAll("(?<=[a-z])(?=[A-Z])", " ");
    }
}
