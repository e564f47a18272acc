package dev.logagent.transport.kafka;

import dev.logagent.api.transport.Excerpt;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.ApplicationRecoverableException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.BootstrapResolutionException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.jspecify.annotations.Nullable;

/** The one table that says what a failure means for its record. Immutable. */
final class KafkaOutcome {

    private final String destination;
    private final boolean oneTopic;

    /**
     * @param destination the brokers, for messages
     * @param oneTopic whether all events go to the same topic, so that a wrong one is not the event's fault
     */
    KafkaOutcome(Bootstrap destination, boolean oneTopic) {
        this.destination = destination.toString();
        this.oneTopic = oneTopic;
    }

    /** What the failure of one record means, told by callback or thrown by {@code send}. */
    Fate of(Throwable failure) {
        Throwable error = unwrapped(failure);
        String reason = reason(error);
        if (error instanceof RecordTooLargeException
                || error instanceof RecordBatchTooLargeException
                || error instanceof InvalidTimestampException
                || error instanceof org.apache.kafka.common.InvalidRecordException) {
            return Fate.rejected(reason);
        }
        if (error instanceof InvalidTopicException || error instanceof PolicyViolationException) {
            return oneTopic ? Fate.misconfigured(reason) : Fate.rejected(reason);
        }
        if (error instanceof AuthenticationException
                || error instanceof ClusterAuthorizationException
                || error instanceof UnsupportedVersionException) {
            return Fate.misconfigured(reason).andProducerIsLost();
        }
        if (error instanceof AuthorizationException) {
            return Fate.misconfigured(reason);
        }
        if (error instanceof TimeoutException && error.getCause() instanceof UnknownTopicOrPartitionException) {
            return Fate.misconfigured(reason);
        }
        if (error instanceof ApplicationRecoverableException || error instanceof OutOfOrderSequenceException) {
            return Fate.retry(reason).andProducerIsLost();
        }
        if (error instanceof RetriableException || error instanceof ApiException) {
            return Fate.retry(reason);
        }
        return Fate.retry(reason).andProducerIsLost();
    }

    /** What it means that no producer could be made. */
    Fate ofCreation(KafkaException failure) {
        Throwable error = failure;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            error = cause;
        }
        String reason = reason(error);
        boolean unresolved = error instanceof BootstrapResolutionException
                || (error instanceof ConfigException
                        && String.valueOf(error.getMessage()).contains("resolvable"));
        return unresolved ? Fate.retry(reason) : Fate.misconfigured(reason);
    }

    /** The failure as one line for the user: which brokers, what happened, what it may mean. */
    String reason(Throwable failure) {
        Throwable error = unwrapped(failure);
        String message = destination + ": " + excerpt(error);
        String hint = hint(error);
        return hint == null ? message : message + " (" + hint + ")";
    }

    private static @Nullable String hint(Throwable error) {
        if (error instanceof TimeoutException) {
            if (error.getCause() instanceof UnknownTopicOrPartitionException) {
                return "the topic does not exist, and the brokers do not create it";
            }
            return "no answer from a broker that could take it";
        }
        if (error.getClass() == KafkaException.class
                && String.valueOf(error.getMessage()).contains("closed forcefully")) {
            return "taken back with others, since one of them was not confirmed in time";
        }
        if (error instanceof RecordTooLargeException) {
            return "see max_request_bytes here, message.max.bytes of the broker and max.message.bytes of the topic";
        }
        return null;
    }

    /** What was wrapped around the failure on its way from another thread, taken off. */
    private static Throwable unwrapped(Throwable failure) {
        Throwable error = failure;
        while ((error instanceof ExecutionException || error instanceof CompletionException)
                && error.getCause() != null) {
            error = error.getCause();
        }
        return error;
    }

    /** The kind of failure and what it says, without control characters, since a broker may have said it. */
    static String excerpt(Throwable error) {
        String kind = error.getClass().getSimpleName().replaceAll("Exception$", "");
        String message = error.getMessage() == null ? "" : error.getMessage();
        return Excerpt.of((kind + (message.isEmpty() ? "" : ": " + message))
                .replaceAll("(?:[a-z]+\\.)+([A-Z][A-Za-z]*)Exception", "$1"));
    }
}
