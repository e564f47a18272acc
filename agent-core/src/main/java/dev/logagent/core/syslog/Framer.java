package dev.logagent.core.syslog;

import dev.logagent.api.encode.Utf8;
import dev.logagent.core.input.Handover;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Finds the messages in what comes over one connection, as RFC 6587 has it: each either with its length before it, or up to a
 * newline; which of the two shows at its beginning. Confined to one thread.
 */
final class Framer {

    /** A length has so many digits at most: what is longer is a text. */
    private static final int LENGTH_DIGITS = 9;

    private static final int UNKNOWN = -1;

    private final Peer peer;
    private final int maxMessageBytes;
    private byte[] pending = {};
    private int from;

    /** How much of a message that is too long is still to come; {@link #UNKNOWN}: up to its newline. */
    private long left;

    private boolean insideLong;

    Framer(Peer peer, int maxMessageBytes) {
        this.peer = peer;
        this.maxMessageBytes = maxMessageBytes;
    }

    /** Adds what has come, and hands over the messages that are complete. Gives false if the agent stops. */
    boolean add(byte[] bytes, int length, Handover to) {
        int rest = pending.length - from;
        byte[] joined = Arrays.copyOfRange(pending, from, from + rest + length);
        System.arraycopy(bytes, 0, joined, rest, length);
        pending = joined;
        from = 0;
        boolean taken = true;
        int before = -1;
        while (taken && from < pending.length && from != before) {
            before = from;
            taken = insideLong ? longMessage(to) : message(to);
        }
        return taken && peer.flush(to);
    }

    /** Whether a message has begun that is not complete. */
    boolean isInside() {
        return insideLong || from < pending.length;
    }

    /** Hands over what is left: the connection has ended. */
    void end(Handover to) {
        int end = trimmed(from, pending.length);
        if (insideLong ? peer.piece(pending, from, end, to) : peer.add(pending, from, end, to)) {
            peer.flush(to);
        }
        from = pending.length;
    }

    private boolean message(Handover to) {
        int digits = from;
        while (digits < pending.length && digits - from <= LENGTH_DIGITS && isDigit(pending[digits])) {
            digits++;
        }
        boolean mayBeCounted = digits > from && digits - from <= LENGTH_DIGITS && pending[from] != '0';
        if (mayBeCounted && digits + 1 >= pending.length) {
            return digits == pending.length || pending[digits] == ' ' || line(to);
        }
        boolean isCounted = mayBeCounted && pending[digits] == ' ' && pending[digits + 1] == '<';
        return isCounted
                ? counted(
                        Integer.parseInt(new String(pending, from, digits - from, StandardCharsets.US_ASCII)),
                        digits + 1,
                        to)
                : line(to);
    }

    private boolean counted(int length, int start, Handover to) {
        if (length > maxMessageBytes) {
            from = start;
            left = length;
            insideLong = true;
            return peer.beginLong(to);
        }
        if (start + length > pending.length) {
            return true;
        }
        from = start + length;
        return peer.add(pending, start, trimmed(start, from), to);
    }

    private boolean line(Handover to) {
        int end = newline();
        if (end < 0 && pending.length - from > maxMessageBytes) {
            left = UNKNOWN;
            insideLong = true;
            return peer.beginLong(to);
        }
        if (end < 0) {
            return true;
        }
        int start = from;
        from = end + 1;
        return peer.add(pending, start, trimmed(start, end), to);
    }

    private boolean longMessage(Handover to) {
        int newline = left == UNKNOWN ? newline() : -1;
        long end = left == UNKNOWN ? (newline < 0 ? Long.MAX_VALUE : newline) : from + left;
        int start = from;
        if (end - from <= maxMessageBytes) {
            if (end > pending.length) {
                return true;
            }
            insideLong = false;
            from = newline < 0 ? (int) end : newline + 1;
            return peer.piece(pending, start, trimmed(start, (int) end), to);
        }
        if (pending.length - from <= maxMessageBytes) {
            return true;
        }
        int until = Utf8.boundaryBefore(pending, from, from + maxMessageBytes, pending.length);
        left -= left == UNKNOWN ? 0 : until - from;
        from = until;
        return peer.piece(pending, start, until, to);
    }

    private int newline() {
        for (int at = from; at < pending.length; at++) {
            if (pending[at] == '\n' || pending[at] == 0) {
                return at;
            }
        }
        return -1;
    }

    /** Without what some senders end a message with, counted or not. */
    private int trimmed(int start, int end) {
        int to = end;
        while (to > start && (pending[to - 1] == '\n' || pending[to - 1] == '\r' || pending[to - 1] == 0)) {
            to--;
        }
        return to;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }
}
