package dev.logagent.testkit;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** How {@link CollectorServer} treats one request. */
public sealed interface Answer {

    /** Whether a request that is treated so counts as taken by the destination. */
    boolean stores();

    /**
     * An ordinary response.
     *
     * @param headers sent besides {@code Content-Length}
     */
    record Status(int code, Map<String, String> headers, String body) implements Answer {

        public Status {
            headers = Map.copyOf(headers);
        }

        @Override
        public boolean stores() {
            return code >= 200 && code < 300;
        }

        /** The same response with one more header. */
        public Status header(String name, String value) {
            Map<String, String> more = new LinkedHashMap<>(headers);
            more.put(name, value);
            return new Status(code, more, body);
        }

        /** The same response with this body, sent as UTF-8. */
        public Status body(String text) {
            return new Status(code, headers, text);
        }
    }

    /** Waits for the latch, or the end of the server, and then goes on. */
    record Delayed(CountDownLatch latch, Answer then) implements Answer {
        @Override
        public boolean stores() {
            return then.stores();
        }
    }

    /** Reads the request, then never says a word. */
    record Hang() implements Answer {
        @Override
        public boolean stores() {
            return false;
        }
    }

    /** Resets the connection when the headers have come, the body still unread. */
    record CutBeforeBody() implements Answer {
        @Override
        public boolean stores() {
            return false;
        }
    }

    /** Takes the request, then resets the connection instead of answering. */
    record CutAfterBody() implements Answer {
        @Override
        public boolean stores() {
            return true;
        }
    }

    /** Sends these bytes, whatever they are, and closes the connection. */
    record Raw(String text) implements Answer {
        @Override
        public boolean stores() {
            return false;
        }
    }

    /** A response whose body does not end before the client leaves. */
    record Flood(int code) implements Answer {
        @Override
        public boolean stores() {
            return code >= 200 && code < 300;
        }
    }

    /** A response without headers and body. */
    static Status status(int code) {
        return new Status(code, Map.of(), "");
    }

    /** This answer, once the latch is released. */
    default Answer delayedUntil(CountDownLatch latch) {
        return new Delayed(latch, this);
    }

    /** Something that is not HTTP. */
    static Answer garbage() {
        return new Raw("SSH-2.0-OpenSSH_9.6\r\n" + new String(new byte[64], StandardCharsets.ISO_8859_1));
    }
}
