package dev.logagent.dist.check;

import dev.logagent.api.transport.Transport;
import java.io.IOException;

/** Tries the destination, without sending an event. */
public final class DestinationCheck {

    private DestinationCheck() {}

    /**
     * What the transport says of its destination.
     *
     * @param endPoint as it may be shown
     */
    public static Finding run(Transport transport, String endPoint) throws InterruptedException {
        String what = "destination " + endPoint;
        try {
            return Finding.ok(what, transport.check());
        } catch (IOException e) {
            String reason = e.getMessage() == null ? e.toString() : e.getMessage();
            return Finding.fail(what, reason + "; is it up, is end_point right, and may this host reach it?");
        } catch (RuntimeException | LinkageError e) {
            return Finding.fail(what, "the transport failed, please report it to its author: " + e);
        }
    }
}
