package dev.logagent.transport.rabbitmq;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection with its channels, from the handshake to its end. It does not come back. Safe for several threads. */
final class Session {

    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    /** How long an exchange that could not be used is left alone before it is looked at again. */
    private static final long RECHECK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final int GOODBYE_MILLIS = 500;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Connection connection;
    private final Wire wire;
    private final String host;
    private final RabbitSettings settings;
    private final Topology topology;
    private final Executor executor;
    private final List<PublishChannel> channels = new CopyOnWriteArrayList<>();
    private final Deque<PublishChannel> idle = new ArrayDeque<>();
    private final Map<String, Unusable> unusable = new HashMap<>();
    private volatile boolean anyUnusable;
    private volatile @Nullable String blocked;
    private volatile @Nullable Failure end;

    /**
     * Makes the channels, and sees to the exchanges.
     *
     * @param host for messages
     * @param executor for what takes the broker's time
     */
    Session(
            Connection connection,
            Wire wire,
            String host,
            RabbitSettings settings,
            Topology topology,
            Executor executor)
            throws IOException {
        this.connection = connection;
        this.wire = wire;
        this.host = host;
        this.settings = settings;
        this.topology = topology;
        this.executor = executor;
        connection.addShutdownListener(this::ended);
        connection.addBlockedListener(this::blocked, this::unblocked);
        topology.establish(connection).forEach(this::isUnusable);
        for (int i = 0; i < settings.channels(); i++) {
            addChannel();
        }
    }

    /** Where it goes, for messages. */
    String host() {
        return host;
    }

    Wire wire() {
        return wire;
    }

    boolean isOpen() {
        return end == null && connection.isOpen();
    }

    /**
     * Takes a channel, to be given back.
     *
     * @return null if none becomes free in time
     * @throws IOException if the connection ends before that
     */
    @Nullable PublishChannel take() throws IOException, InterruptedException {
        long left = settings.confirmTimeout().toNanos();
        lock.lockInterruptibly();
        try {
            while (idle.isEmpty() && end == null && left > 0) {
                left = changed.awaitNanos(left);
            }
            Failure why = end;
            if (why != null) {
                throw new IOException("the connection to " + host + " broke: " + why.text());
            }
            return idle.poll();
        } finally {
            lock.unlock();
        }
    }

    /** Gives a channel back; a broken one is replaced. */
    void giveBack(PublishChannel channel) {
        if (channel.isOpen()) {
            offer(channel);
            return;
        }
        channels.remove(channel);
        if (isOpen()) {
            executor.execute(() -> {
                try {
                    addChannel();
                } catch (IOException | RuntimeException e) {
                    // Whatever it was: a session that lost a channel for good would be slower for ever.
                    LOG.debug("no new channel to {}: connecting anew", host, e);
                    cut();
                }
            });
        }
    }

    /** Why the broker takes no messages for now, or null when it takes them. */
    @Nullable String blockedBecause() {
        return blocked;
    }

    /**
     * Waits until the broker takes messages again.
     *
     * @return null when it does, else why it still does not
     */
    @Nullable String awaitUnblocked(long timeoutNanos) throws InterruptedException {
        long left = timeoutNanos;
        lock.lockInterruptibly();
        try {
            while (blocked != null && end == null && left > 0) {
                left = changed.awaitNanos(left);
            }
            return blocked;
        } finally {
            lock.unlock();
        }
    }

    /** Why nothing should be published to that exchange now, or null. */
    @Nullable String whyUnusable(String exchange) {
        if (!anyUnusable) {
            return null;
        }
        lock.lock();
        try {
            Unusable why = unusable.get(exchange);
            return why == null ? null : why.reason;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Looks again at the exchanges that could not be used a while ago; one sender does so for all.
     *
     * @throws IOException if the broker does not answer
     */
    void lookAgain() throws IOException {
        if (!anyUnusable) {
            return;
        }
        for (String exchange : dueForALook()) {
            String reason = topology.problemOf(connection, exchange);
            if (reason == null) {
                isUsable(exchange);
            } else {
                isUnusable(exchange, reason);
            }
        }
    }

    /** Nothing should be published to that exchange until it has been looked at again. */
    void isUnusable(String exchange, String reason) {
        lock.lock();
        try {
            unusable.put(exchange, new Unusable(reason, System.nanoTime()));
            anyUnusable = true;
        } finally {
            lock.unlock();
        }
    }

    /** Ends it if a sender is stuck in the client library, where nothing else reaches it. */
    void endIfStuck() {
        if (channels.stream().anyMatch(PublishChannel::isStuck)) {
            LOG.debug("a message could not be written to {} in time: connecting anew", host);
            cut();
        }
    }

    /** Ends it without a goodbye. */
    void cut() {
        wire.cut();
    }

    /** Ends it; takes the time of a goodbye. */
    void close() {
        connection.abort(GOODBYE_MILLIS);
        wire.cut();
    }

    private void addChannel() throws IOException {
        Channel channel = connection.createChannel();
        if (channel == null) {
            throw new RefusedException(host + " allows no more channels; max_channels may be too many");
        }
        PublishChannel added = new PublishChannel(this, channel, settings);
        channels.add(added);
        offer(added);
    }

    private void offer(PublishChannel channel) {
        lock.lock();
        try {
            idle.add(channel);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private List<String> dueForALook() {
        long now = System.nanoTime();
        lock.lock();
        try {
            List<String> due = unusable.entrySet().stream()
                    .filter(entry -> now - entry.getValue().checkedAt > RECHECK_NANOS)
                    .map(Map.Entry::getKey)
                    .toList();
            due.forEach(exchange -> unusable.computeIfPresent(exchange, (name, why) -> new Unusable(why.reason, now)));
            return due;
        } finally {
            lock.unlock();
        }
    }

    private void isUsable(String exchange) {
        lock.lock();
        try {
            unusable.remove(exchange);
            anyUnusable = !unusable.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    private void blocked(String reason) {
        LOG.warn("{} takes no messages for now: {}", host, reason);
        signal(() -> blocked = "the broker takes no messages for now (connection.blocked): " + reason);
    }

    private void unblocked() {
        LOG.info("{} takes messages again", host);
        signal(() -> blocked = null);
    }

    private void ended(ShutdownSignalException cause) {
        signal(() -> end = Failure.of(cause));
    }

    private void signal(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private record Unusable(String reason, long checkedAt) {}
}
