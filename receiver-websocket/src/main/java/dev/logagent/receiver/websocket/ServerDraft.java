package dev.logagent.receiver.websocket;

import java.util.List;
import org.java_websocket.WebSocketImpl;
import org.java_websocket.drafts.Draft;
import org.java_websocket.drafts.Draft_6455;
import org.java_websocket.enums.Opcode;
import org.java_websocket.exceptions.InvalidDataException;
import org.java_websocket.exceptions.LimitExceededException;
import org.java_websocket.framing.Framedata;
import org.java_websocket.protocols.Protocol;

/** RFC 6455 with a bound on messages that come in many frames, too: the library looks at it only at the end. */
final class ServerDraft extends Draft_6455 {

    static final String PROTOCOL = "log-agent.v1";

    /** What an empty frame costs. */
    private static final int FRAME_OVERHEAD = 64;

    private final int maxMessageBytes;
    private long pending;

    ServerDraft(int maxMessageBytes) {
        super(List.of(), List.of(new Protocol(PROTOCOL), new Protocol("")), maxMessageBytes);
        this.maxMessageBytes = maxMessageBytes;
    }

    @Override
    public Draft copyInstance() {
        return new ServerDraft(maxMessageBytes);
    }

    @Override
    public void processFrame(WebSocketImpl connection, Framedata frame) throws InvalidDataException {
        boolean part = frame.getOpcode() == Opcode.CONTINUOUS || !frame.isFin();
        if (part) {
            pending += FRAME_OVERHEAD + frame.getPayloadData().remaining();
            if (pending > maxMessageBytes + (long) FRAME_OVERHEAD) {
                throw new LimitExceededException(maxMessageBytes);
            }
            if (frame.isFin()) {
                pending = 0;
            }
        }
        super.processFrame(connection, frame);
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
}
