package dev.logagent.core.syslog;

import dev.logagent.api.SourceInfo;
import dev.logagent.core.config.InputConfig.Syslog;
import dev.logagent.core.events.AgentEvents;
import dev.logagent.core.input.Feed;
import dev.logagent.core.input.Handover;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Receives datagrams, each a message. While the destination is slow nothing is received, and the system drops what its buffer
 * does not hold: these are counted. Confined to the source's thread.
 */
final class UdpFeed implements Feed {

    private static final int LONGEST_DATAGRAM = 65_535;
    private static final int DATAGRAMS_AT_ONCE = 1024;
    private static final int MOST_PEERS = 4096;
    private static final long PATIENCE_MILLIS = 100;
    private static final long COUNT_INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Syslog config;
    private final SourceInfo source;
    private final AgentEvents events;
    private final ByteBuffer buffer = ByteBuffer.allocate(LONGEST_DATAGRAM);
    private final Map<InetAddress, Peer> peers = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<InetAddress, Peer> eldest) {
            return size() > MOST_PEERS;
        }
    };
    private final DatagramChannel channel;
    private @Nullable Selector selector;
    private @Nullable UdpDrops drops;
    private long nextCount = System.nanoTime();

    /** @param channel bound; not closed by this */
    UdpFeed(Syslog config, DatagramChannel channel, SourceInfo source, AgentEvents events) {
        this.config = config;
        this.channel = channel;
        this.source = source;
        this.events = events;
    }

    @Override
    public void open() throws IOException {
        channel.setOption(StandardSocketOptions.SO_RCVBUF, config.receiveBufferBytes());
        Selector waiting = Selector.open();
        selector = waiting;
        channel.register(waiting, SelectionKey.OP_READ);
        drops = new UdpDrops((InetSocketAddress) channel.getLocalAddress());
        int given = channel.getOption(StandardSocketOptions.SO_RCVBUF);
        events.inputOpened(source.name(), config.shown(), "as it comes");
        if (given < config.receiveBufferBytes()) {
            events.inputNotice(
                    source.name(),
                    config.shown(),
                    "the system buffers " + given + " bytes instead of " + config.receiveBufferBytes()
                            + ": raise net.core.rmem_max, or bursts may be lost");
        }
    }

    @Override
    public boolean read(boolean finishing, Handover to) {
        Selector waiting = selector;
        if (waiting == null) {
            return false;
        }
        try {
            waiting.select(PATIENCE_MILLIS);
            waiting.selectedKeys().clear();
            Set<Peer> heard = new LinkedHashSet<>();
            boolean taken = true;
            for (int i = 0; taken && i < DATAGRAMS_AT_ONCE; i++) {
                buffer.clear();
                SocketAddress from = channel.receive(buffer);
                if (from == null) {
                    break;
                }
                Peer peer = peer(((InetSocketAddress) from).getAddress());
                heard.add(peer);
                taken = peer.add(buffer.array(), 0, trimmed(), to);
            }
            for (Peer peer : heard) {
                taken = taken && peer.flush(to);
            }
            count();
            return taken && !(finishing && heard.isEmpty());
        } catch (IOException e) {
            throw new UncheckedIOException("the socket for " + config.shown() + " is broken", e);
        }
    }

    private Peer peer(InetAddress address) {
        return peers.computeIfAbsent(
                address, known -> new Peer(source, "udp", known, config.maxMessageBytes(), events));
    }

    /** Without what some senders end a message with. */
    private int trimmed() {
        int end = buffer.position();
        while (end > 0 && (buffer.get(end - 1) == '\n' || buffer.get(end - 1) == 0)) {
            end--;
        }
        return end;
    }

    private void count() {
        UdpDrops known = drops;
        if (known != null && System.nanoTime() - nextCount >= 0) {
            nextCount = System.nanoTime() + COUNT_INTERVAL_NANOS;
            long lost = known.more();
            if (lost > 0) {
                events.recordsLost(
                        source.name(),
                        config.shown(),
                        lost,
                        "the system's buffer was full: they came faster than they could be sent on");
            }
        }
    }

    @Override
    public void close() {
        Selector waiting = selector;
        if (waiting != null) {
            Ports.close(waiting);
        }
    }
}
