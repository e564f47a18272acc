package dev.logagent.api.template;

import dev.logagent.api.LineRun;
import dev.logagent.api.LogEvent;
import dev.logagent.api.encode.JsonBuffer;
import dev.logagent.api.option.Suggestion;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A text with places for values of the event: {@code logs.{service}.{metadata.team}}, tags and what was found in the line. A value that the event does not
 * have is {@value #ABSENT}. Immutable.
 */
public final class Template {

    /** Stands where the event has no value, so that what is missing can be seen and selected. */
    public static final String ABSENT = "unknown";

    private static final String TAG_PREFIX = "metadata.";

    private final List<Part> parts;
    private final boolean sameWithinUnparsed;
    private final boolean sameWithinParsed;

    private Template(List<Part> parts) {
        this.parts = parts;
        this.sameWithinUnparsed = parts.stream().allMatch(part -> part.isSameWithinRun(false));
        this.sameWithinParsed = parts.stream().allMatch(part -> part.isSameWithinRun(true));
    }

    /**
     * Reads a template.
     *
     * @param agentName what {@code {agent}} stands for
     * @throws IllegalArgumentException with a message for the user
     */
    public static Template parse(String text, String agentName) {
        List<Part> parts = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int open = text.indexOf('{', at);
            int literalEnd = open < 0 ? text.length() : open;
            if (text.substring(at, literalEnd).contains("}")) {
                throw new IllegalArgumentException("'" + text + "' has a } without its {");
            }
            if (literalEnd > at) {
                parts.add(new Literal(text.substring(at, literalEnd)));
            }
            if (open < 0) {
                break;
            }
            int close = text.indexOf('}', open);
            if (close < 0) {
                throw new IllegalArgumentException("'" + text + "' has a { without its }");
            }
            parts.add(placeholder(text.substring(open + 1, close), agentName));
            at = close + 1;
        }
        return new Template(List.copyOf(parts));
    }

    /** Whether the template is the empty text. */
    public boolean isEmpty() {
        return parts.isEmpty();
    }

    /** Whether it says the same for every event. */
    public boolean isConstant() {
        return parts.stream().allMatch(Literal.class::isInstance);
    }

    /** Whether it says the same for all lines of that run. */
    public boolean isSameWithin(LineRun run) {
        return run.parsed() == null ? sameWithinUnparsed : sameWithinParsed;
    }

    /** How many places it has. */
    public int places() {
        return (int) parts.stream().filter(part -> !(part instanceof Literal)).count();
    }

    /** A key in it that nearly every event has a value of its own for, or null. */
    public @Nullable String endlessKey() {
        return parts.stream()
                .filter(part -> part instanceof Place place && place.key.isEndless())
                .map(part -> ((Place) part).key.word())
                .findFirst()
                .orElse(null);
    }

    /** The text between the places. */
    public String literals() {
        StringBuilder text = new StringBuilder();
        parts.stream().filter(Literal.class::isInstance).forEach(part -> text.append(((Literal) part).text));
        return text.toString();
    }

    /** The text for that event. */
    public String render(LogEvent event) {
        return render(event, value -> value);
    }

    /** The text for that event, each value (but nothing else) as {@code adapted} makes it. */
    public String render(LogEvent event, UnaryOperator<String> adapted) {
        if (parts.size() == 1) {
            return parts.get(0).render(event, adapted);
        }
        StringBuilder text = new StringBuilder(64);
        for (Part part : parts) {
            text.append(part.render(event, adapted));
        }
        return text.toString();
    }

    /** Appends the text for that event in UTF-8, as it is: for what is different for every event. */
    public void write(LogEvent event, JsonBuffer out) {
        for (Part part : parts) {
            part.write(event, out);
        }
    }

    private static Part placeholder(String word, String agentName) {
        if (word.equals("agent")) {
            return new Literal(agentName);
        }
        if (word.startsWith(TAG_PREFIX) && word.length() > TAG_PREFIX.length()) {
            return new Tag(word.substring(TAG_PREFIX.length()));
        }
        for (EventKey key : EventKey.values()) {
            if (key.word().equals(word)) {
                return new Place(key);
            }
        }
        List<String> known = new ArrayList<>(EventKey.words());
        known.add("agent");
        String nearest = Suggestion.nearest(word, known);
        throw new IllegalArgumentException("events have no key '" + word + "'; "
                + (nearest == null
                        ? "known keys: " + String.join(", ", known) + ", metadata.NAME"
                        : "did you mean {" + nearest + "}?"));
    }

    private sealed interface Part {
        String render(LogEvent event, UnaryOperator<String> adapted);

        default void write(LogEvent event, JsonBuffer out) {
            out.raw(render(event, value -> value).getBytes(StandardCharsets.UTF_8));
        }

        boolean isSameWithinRun(boolean parsed);
    }

    private record Literal(String text) implements Part {
        @Override
        public String render(LogEvent event, UnaryOperator<String> adapted) {
            return text;
        }

        @Override
        public boolean isSameWithinRun(boolean parsed) {
            return true;
        }
    }

    private record Place(EventKey key) implements Part {
        @Override
        public String render(LogEvent event, UnaryOperator<String> adapted) {
            String value = key.of(event);
            return value == null || value.isEmpty() ? ABSENT : adapted.apply(value);
        }

        @Override
        public void write(LogEvent event, JsonBuffer out) {
            if (key == EventKey.ID) {
                event.writeId(out);
            } else {
                Part.super.write(event, out);
            }
        }

        @Override
        public boolean isSameWithinRun(boolean parsed) {
            return key.isSameWithinRun(parsed);
        }
    }

    private record Tag(String name) implements Part {
        @Override
        public String render(LogEvent event, UnaryOperator<String> adapted) {
            String tag = event.source().tags().get(name);
            String value = tag == null && event.run().parsed() != null
                    ? event.metadata().get(name)
                    : tag;
            return value == null || value.isEmpty() ? ABSENT : adapted.apply(value);
        }

        @Override
        public boolean isSameWithinRun(boolean parsed) {
            return !parsed;
        }
    }
}
