package dev.logagent.transport.rabbitmq;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ConfirmListener;
import com.rabbitmq.client.Return;
import com.rabbitmq.client.ShutdownSignalException;
import dev.logagent.api.transport.SendResult;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One channel in confirm mode, used by one sender at a time; what the broker says comes on the connection's thread.
 *
 * <p>At most a window of messages is open at once. When it is full, the sender waits until half of it is settled, so
 * that it wakes up for many confirms rather than for each.
 */
final class PublishChannel {

    private final Session session;
    private final Channel channel;
    private final int window;
    private final long timeoutNanos;
    private final boolean mandatory;
    private volatile @Nullable Confirms current;
    private volatile @Nullable Failure failure;

    /** Who is in a call of the client library that may block, where no interrupt is noticed, and since when. */
    private volatile @Nullable Thread blocked;

    private volatile long blockedSince;

    /** @throws IOException if the broker refuses confirm mode */
    PublishChannel(Session session, Channel channel, RabbitSettings settings) throws IOException {
        this.session = session;
        this.channel = channel;
        this.window = settings.confirmWindow();
        this.timeoutNanos = settings.confirmTimeout().toNanos();
        this.mandatory = settings.mandatory();
        channel.addShutdownListener(this::ended);
        channel.addReturnListener(this::returned);
        channel.addConfirmListener(new ConfirmListener() {
            @Override
            public void handleAck(long tag, boolean multiple) {
                settled(tag, multiple, true);
            }

            @Override
            public void handleNack(long tag, boolean multiple) {
                settled(tag, multiple, false);
            }
        });
        channel.confirmSelect();
    }

    /** Whether it can be used for another batch. */
    boolean isOpen() {
        return failure == null && channel.isOpen();
    }

    /** Publishes the messages, and waits for what the broker says about them. */
    SendResult publish(Messages messages) throws InterruptedException {
        Confirms confirms = new Confirms(messages, channel.getNextPublishSeqNo());
        Outcome outcome = new Outcome(messages);
        current = confirms;
        Failure earlier = failure;
        if (earlier != null) {
            confirms.failed(earlier);
        }
        try {
            // Before anything is held back in the buffer, since it waits for answers.
            blocking(session::lookAgain);
            session.wire().cork();
            if (publishAll(messages, confirms, outcome)) {
                blocking(session.wire()::flush);
                awaitAtMost(0, confirms, outcome);
            }
        } catch (IOException | ShutdownSignalException e) {
            confirms.failed(Failure.of(e));
        } finally {
            session.wire().uncork();
        }
        return judge(confirms.verdict(), outcome);
    }

    /** Whether a sender has been stuck in the client library for too long, or has been interrupted there. */
    boolean isStuck() {
        Thread stuck = blocked;
        return stuck != null && (stuck.isInterrupted() || System.nanoTime() - blockedSince > timeoutNanos);
    }

    /** @return false if it is no use to go on */
    private boolean publishAll(Messages messages, Confirms confirms, Outcome outcome)
            throws IOException, InterruptedException {
        for (int index = 0; index < messages.count(); index++) {
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted while publishing");
            }
            if (confirms.hasFailed()) {
                return false;
            }
            if (confirms.open() >= window) {
                blocking(session.wire()::flush);
                if (!awaitAtMost(window / 2, confirms, outcome)) {
                    return false;
                }
            }
            if (session.blockedBecause() != null && !awaitUnblocked(outcome)) {
                return false;
            }
            Message message = messages.make(index);
            Target target = message.target();
            String unusable = session.whyUnusable(target.exchange());
            if (unusable != null) {
                outcome.misconfigured(unusable);
                continue;
            }
            confirms.publishing(index, message);
            blocking(() -> channel.basicPublish(
                    target.exchange(), target.routingKey(), mandatory, message.properties(), message.body()));
        }
        return true;
    }

    private boolean awaitAtMost(int open, Confirms confirms, Outcome outcome) throws InterruptedException {
        if (confirms.awaitAtMost(open, timeoutNanos)) {
            return true;
        }
        String blocked = session.blockedBecause();
        if (blocked != null) {
            outcome.retry(blocked);
        } else {
            outcome.retry("the broker has confirmed nothing for "
                    + Duration.ofNanos(timeoutNanos).toMillis() + " ms");
            session.cut();
        }
        return false;
    }

    private boolean awaitUnblocked(Outcome outcome) throws IOException, InterruptedException {
        blocking(session.wire()::flush);
        String blocked = session.awaitUnblocked(timeoutNanos);
        if (blocked != null) {
            outcome.retry(blocked);
        }
        return blocked == null;
    }

    private void blocking(Call call) throws IOException {
        blockedSince = System.nanoTime();
        blocked = Thread.currentThread();
        try {
            call.run();
        } finally {
            blocked = null;
        }
    }

    private SendResult judge(Verdict verdict, Outcome outcome) throws InterruptedException {
        outcome.delivered(verdict.delivered());
        verdict.unroutable().forEach(outcome::rejected);
        if (verdict.refused() > 0) {
            outcome.retry("the broker refused " + verdict.refused()
                    + " messages for now (nack): a queue is full, or it could not store them");
        }
        Failure ended = verdict.failure();
        if (ended != null) {
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted while publishing");
            }
            judgeOpen(verdict, ended, outcome);
        }
        return outcome.result();
    }

    private void judgeOpen(Verdict verdict, Failure ended, Outcome outcome) {
        String reason = ended.code() == 0
                ? "the connection to " + session.host() + " broke: " + ended.text()
                : session.host() + ": " + ended.code() + " " + ended.text();
        if (ended.isAboutSize()) {
            Verdict.Open large = verdict.ofSize(ended.size());
            if (large != null) {
                outcome.tooLarge(large.message(), reason);
            }
        } else if (ended.isAboutAccess()) {
            String exchange = ended.exchange();
            if (exchange != null) {
                session.isUnusable(exchange, reason);
            }
            if (exchange == null
                    || verdict.open().stream().allMatch(open -> open.exchange().equals(exchange))) {
                outcome.misconfigured(reason);
                return;
            }
        }
        outcome.retry(reason);
    }

    private void settled(long tag, boolean multiple, boolean taken) {
        Confirms confirms = current;
        if (confirms != null) {
            confirms.settled(tag, multiple, taken);
        }
    }

    private void returned(Return message) {
        Confirms confirms = current;
        if (confirms != null) {
            String where = message.getExchange().isEmpty()
                    ? "there is no queue '" + message.getRoutingKey() + "'"
                    : "exchange '" + message.getExchange() + "' has no queue for the routing key '"
                            + message.getRoutingKey() + "'";
            confirms.returned(
                    message.getProperties().getMessageId(),
                    "unroutable: " + where + " (" + message.getReplyCode() + " " + message.getReplyText() + ")");
        }
    }

    private void ended(ShutdownSignalException cause) {
        Failure why = Failure.of(cause);
        failure = why;
        Confirms confirms = current;
        if (confirms != null) {
            confirms.failed(why);
        }
    }

    private interface Call {
        void run() throws IOException;
    }
}
