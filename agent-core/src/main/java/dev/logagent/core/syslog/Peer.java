package dev.logagent.core.syslog;

import dev.logagent.api.FileInfo;
import dev.logagent.api.SourceInfo;
import dev.logagent.api.encode.Utf8;
import dev.logagent.core.ack.FilePosition;
import dev.logagent.core.events.AgentEvents;
import dev.logagent.core.input.Handover;
import dev.logagent.core.input.RunBlock;
import java.net.InetAddress;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Somebody who sends messages. What comes from one peer counts as one file; it has no position that would outlive the
 * connection, because nobody can be asked for it again. Confined to one thread.
 */
final class Peer {

    /** So much is gathered at most before it is handed over. */
    private static final int RUN_BYTES = 64 * 1024;

    private final SourceInfo source;
    private final FileInfo file;
    private final int maxMessageBytes;
    private final AgentEvents events;
    private final RunBlock block = new RunBlock();
    private long offset;

    /** @param protocol in lower case */
    Peer(SourceInfo source, String protocol, InetAddress address, int maxMessageBytes, AgentEvents events) {
        this.source = source;
        String name = "syslog/" + protocol + "/" + address.getHostAddress();
        long now = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
        int any = ThreadLocalRandom.current().nextInt();
        this.file = new FileInfo(name, FilePosition.lineageOf(name + source.name(), now, any));
        this.maxMessageBytes = maxMessageBytes;
        this.events = events;
    }

    /** Adds a message; one that is too long goes on in pieces. Gives false if the agent stops. */
    boolean add(byte[] bytes, int start, int end, Handover to) {
        if (start == end) {
            return true;
        }
        if (end - start <= maxMessageBytes) {
            block.add(bytes, start, end);
            return block.size() < RUN_BYTES || handOver(false, to);
        }
        boolean taken = beginLong(to);
        for (int from = start; taken && from < end; ) {
            boolean isLast = end - from <= maxMessageBytes;
            int until = isLast ? end : Utf8.boundaryBefore(bytes, from, from + maxMessageBytes, end);
            taken = piece(bytes, from, until, to);
            from = until;
        }
        return taken;
    }

    /** What follows is in pieces: of a message that is too long. Gives false if the agent stops. */
    boolean beginLong(Handover to) {
        events.lineSplit(source.name(), file.path(), offset + block.size());
        return flush(to);
    }

    /** Adds a piece of a message that is too long. Gives false if the agent stops. */
    boolean piece(byte[] bytes, int start, int end, Handover to) {
        if (start == end) {
            return true;
        }
        block.add(bytes, start, end);
        return handOver(true, to);
    }

    /** Hands everything over that was added. Gives false if the agent stops. */
    boolean flush(Handover to) {
        return block.count() == 0 || handOver(false, to);
    }

    private boolean handOver(boolean partial, Handover to) {
        long start = offset;
        offset += block.size();
        return to.take(block.take(source, file, start, partial));
    }
}
