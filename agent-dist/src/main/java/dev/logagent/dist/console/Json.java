package dev.logagent.dist.console;

import dev.logagent.api.encode.JsonBuffer;
import dev.logagent.api.encode.Rfc3339;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Writes one JSON document, members in the order of the calls. For use in one thread. */
final class Json {

    private final JsonBuffer out = new JsonBuffer(1024);
    private boolean first = true;

    /** Begins an object: the document, an element of a list, or the value of a {@link #key}. */
    Json object() {
        return open('{');
    }

    Json endObject() {
        return close('}');
    }

    Json list() {
        return open('[');
    }

    Json endList() {
        return close(']');
    }

    /** Begins a member whose value is written by the next call. */
    Json key(String name) {
        separate();
        out.string(name).raw(':');
        first = true;
        return this;
    }

    Json field(String name, @Nullable String value) {
        return key(name).value(value);
    }

    Json field(String name, long value) {
        return key(name).value(value);
    }

    Json field(String name, boolean value) {
        key(name);
        return plain(Boolean.toString(value));
    }

    /** A number rounded to a millionth. */
    Json field(String name, double value) {
        return key(name).value(value);
    }

    /** A moment in UTC. */
    Json time(String name, long millis) {
        return field(name, Rfc3339.format(millis));
    }

    Json value(@Nullable String text) {
        if (text == null) {
            return plain("null");
        }
        separate();
        out.string(text);
        return this;
    }

    Json value(long number) {
        return plain(Long.toString(number));
    }

    Json value(double number) {
        double rounded = Math.rint(number * 1e6) / 1e6;
        return rounded == (long) rounded ? plain(Long.toString((long) rounded)) : plain(Double.toString(rounded));
    }

    /** A string from bytes; what is not UTF-8 becomes U+FFFD. */
    Json utf8(String name, byte[] bytes, int start, int end) {
        key(name);
        separate();
        out.raw('"').escaped(bytes, start, end).raw('"');
        return this;
    }

    /** A value that is JSON already. */
    Json raw(byte[] json) {
        separate();
        out.raw(json);
        return this;
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    @Override
    public String toString() {
        return out.toString();
    }

    private Json plain(String text) {
        separate();
        out.raw(text.getBytes(StandardCharsets.US_ASCII));
        return this;
    }

    private Json open(char bracket) {
        separate();
        out.raw(bracket);
        first = true;
        return this;
    }

    private Json close(char bracket) {
        out.raw(bracket);
        first = false;
        return this;
    }

    private void separate() {
        if (!first) {
            out.raw(',');
        }
        first = false;
    }
}
