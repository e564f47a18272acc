package dev.logagent.transport.websocket;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.function.Consumer;
import org.java_websocket.WebSocketImpl;
import org.java_websocket.drafts.Draft;
import org.java_websocket.drafts.Draft_6455;
import org.java_websocket.enums.Opcode;
import org.java_websocket.exceptions.IncompleteHandshakeException;
import org.java_websocket.exceptions.InvalidDataException;
import org.java_websocket.exceptions.InvalidHandshakeException;
import org.java_websocket.exceptions.LimitExceededException;
import org.java_websocket.framing.Framedata;
import org.java_websocket.handshake.Handshakedata;
import org.java_websocket.protocols.Protocol;

/**
 * RFC 6455 as the library has it, with three additions: a refused handshake is reported with its status, everything that
 * comes in is bounded, and text frames are masked eight bytes at a time.
 */
final class ClientDraft extends Draft_6455 {

    /** Offered in the handshake; a receiver need not choose it. */
    static final String PROTOCOL = "log-agent.v1";

    /** Longer answers are none. */
    private static final int MOST_ANSWER_BYTES = 64 * 1024;

    private static final int MOST_HANDSHAKE_BYTES = 64 * 1024;

    /** What an empty frame costs. */
    private static final int FRAME_OVERHEAD = 64;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final SecureRandom maskKeys = new SecureRandom();
    private final Consumer<Refusal> refusals;
    private long unfinished;

    /** @param refusals gets the answer to a handshake that did not lead to a connection */
    ClientDraft(Consumer<Refusal> refusals) {
        super(List.of(), List.of(new Protocol(PROTOCOL), new Protocol("")), MOST_ANSWER_BYTES);
        this.refusals = refusals;
    }

    @Override
    public Draft copyInstance() {
        return new ClientDraft(refusals);
    }

    @Override
    public Handshakedata translateHandshake(ByteBuffer received) throws InvalidHandshakeException {
        String head = StandardCharsets.ISO_8859_1.decode(received.duplicate()).toString();
        if (!head.startsWith("HTTP/".substring(0, Math.min(5, head.length())))) {
            throw new InvalidHandshakeException("the answer to the handshake is not HTTP");
        }
        int end = head.indexOf("\r\n\r\n");
        if (end < 0) {
            if (head.length() > MOST_HANDSHAKE_BYTES) {
                throw new InvalidHandshakeException("the answer to the handshake is too long");
            }
            throw new IncompleteHandshakeException();
        }
        Refusal refusal = Refusal.in(head.substring(0, end));
        if (refusal != null) {
            refusals.accept(refusal);
        }
        return super.translateHandshake(received);
    }

    /** The library bounds messages in one frame; those in many only when their last frame has come. */
    @Override
    public void processFrame(WebSocketImpl connection, Framedata frame) throws InvalidDataException {
        if (frame.getOpcode() == Opcode.CONTINUOUS || !frame.isFin()) {
            unfinished += FRAME_OVERHEAD + frame.getPayloadData().remaining();
            if (unfinished > MOST_ANSWER_BYTES) {
                throw new LimitExceededException(MOST_ANSWER_BYTES);
            }
            if (frame.isFin()) {
                unfinished = 0;
            }
        }
        super.processFrame(connection, frame);
    }

    @Override
    public ByteBuffer createBinaryFrame(Framedata frame) {
        return frame.getOpcode() == Opcode.TEXT ? textFrame(frame.getPayloadData()) : super.createBinaryFrame(frame);
    }

    // Two drafts are equal when they have agreed on the same, which is what the library asks.
    @Override
    public boolean equals(Object other) {
        return super.equals(other);
    }

    @Override
    public int hashCode() {
        return super.hashCode();
    }

    /** A final, masked text frame (RFC 6455, section 5.2). */
    private ByteBuffer textFrame(ByteBuffer payload) {
        int length = payload.remaining();
        int lengthBytes = length < 126 ? 0 : length < 65_536 ? 2 : 8;
        ByteBuffer frame = ByteBuffer.allocate(2 + lengthBytes + 4 + length);
        frame.put((byte) 0x81);
        if (lengthBytes == 0) {
            frame.put((byte) (0x80 | length));
        } else if (lengthBytes == 2) {
            frame.put((byte) (0x80 | 126)).putShort((short) length);
        } else {
            frame.put((byte) (0x80 | 127)).putLong(length);
        }
        int key = maskKeys.nextInt();
        frame.putInt(key);
        int start = frame.position();
        frame.put(payload);
        mask(frame.array(), start, frame.position(), key);
        frame.flip();
        return frame;
    }

    private static void mask(byte[] bytes, int start, int end, int key) {
        long twice = ((long) key << 32) | (key & 0xffff_ffffL);
        int at = start;
        for (; at <= end - 8; at += 8) {
            LONGS.set(bytes, at, (long) LONGS.get(bytes, at) ^ twice);
        }
        for (int shift = 24; at < end; at++, shift = (shift + 24) & 31) {
            bytes[at] ^= (byte) (key >>> shift);
        }
    }
}
