package dev.logagent.testkit;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * What a transport delivers to, for {@link TransportConformanceTest}: a real one, running when it is handed over, with
 * the ability to fail. {@link CollectorServer} and {@link TcpProxy} are there to build it from.
 */
public interface Destination extends AutoCloseable {

    /** The {@code end_point} for the transport. */
    String endPoint();

    /** What {@code [transport.NAME]} needs to reach this destination, short timeouts included. */
    default Map<String, Object> options() {
        return Map.of();
    }

    /** Breaks all connections and refuses new ones. */
    void stop() throws Exception;

    /** From now on, lets sends wait for an answer that does not come; connections stay open. */
    void stall() throws Exception;

    /** Waits until a send has reached the {@linkplain #stall stalled} destination, and now waits for it. */
    void awaitStalledSend() throws Exception;

    /** Undoes {@link #stop} and {@link #stall}, at the same end point, keeping what has been received. */
    void recover() throws Exception;

    /**
     * The lines of one source that the destination has taken, in the order of their arrival, repeats included. What a
     * transport called delivered must show up here within seconds.
     */
    List<String> received(String source) throws Exception;

    @Override
    void close() throws IOException;
}
