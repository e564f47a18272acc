package dev.logagent.transport.websocket;

import dev.logagent.api.transport.SendResult;
import java.io.IOException;

/** There is no connection, or none any more. The message is for the user. */
final class NotConnectedException extends IOException {

    private static final long serialVersionUID = 1L;

    private final transient SendResult result;

    private NotConnectedException(String reason, SendResult result) {
        super(reason);
        this.result = result;
    }

    /** Time may help. */
    static NotConnectedException retry(String reason) {
        return new NotConnectedException(reason, SendResult.retry(reason));
    }

    /** With another result than a plain retry. */
    static NotConnectedException of(String reason, SendResult result) {
        return new NotConnectedException(reason, result);
    }

    /** What that means for a batch that could not be sent. */
    SendResult result() {
        return result;
    }

    /**
     * What that means for a batch that was sent, but not answered, before the connection ended.
     *
     * @throws IOException if time may help, as the batch may have arrived
     */
    SendResult ofBatchThatWasSent() throws IOException {
        if (result instanceof SendResult.Misconfigured) {
            return result;
        }
        throw new IOException(getMessage() + ", before the batch was acknowledged", this);
    }

    /** The same failure with the stack trace of the thread that has to do with it. */
    NotConnectedException here() {
        NotConnectedException here = new NotConnectedException(String.valueOf(getMessage()), result);
        here.initCause(this);
        return here;
    }
}
