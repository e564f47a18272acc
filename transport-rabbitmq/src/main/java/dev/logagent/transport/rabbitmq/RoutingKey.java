package dev.logagent.transport.rabbitmq;

import dev.logagent.api.LogEvent;
import dev.logagent.api.template.Template;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A template of routing keys. Each value becomes one word of ASCII, in lower case: letters, digits, hyphens and
 * underscores, so that no value can make a key of more words than the template says. Immutable.
 */
final class RoutingKey {

    /** What AMQP allows (a short string). */
    private static final int MOST_BYTES = 255;

    private static final int MOST_PER_VALUE = 64;
    private static final int LEAST_PER_VALUE = 16;

    private final Template template;
    private final int perValue;

    private RoutingKey(Template template, int perValue) {
        this.template = template;
        this.perValue = perValue;
    }

    /**
     * Reads a template.
     *
     * @throws IllegalArgumentException with a message for the user
     */
    static RoutingKey parse(String text, String agentName) {
        Template template = Template.parse(text.replace("{agent}", word(agentName, MOST_PER_VALUE)), agentName);
        int left = MOST_BYTES - template.literals().getBytes(StandardCharsets.UTF_8).length;
        int perValue = template.places() == 0 ? left : Math.min(MOST_PER_VALUE, left / template.places());
        if (left < 0 || (template.places() > 0 && perValue < LEAST_PER_VALUE)) {
            throw new IllegalArgumentException("it may become longer than the " + MOST_BYTES
                    + " bytes that a routing key can have; make it shorter, or with fewer places");
        }
        return new RoutingKey(template, perValue);
    }

    /** Whether it says the same for every event. */
    boolean isConstant() {
        return template.isConstant();
    }

    /** Whether it says the same for all lines of a run that have the same level. */
    boolean isSameWithinRunAndLevel() {
        return template.endlessKey() == null;
    }

    String of(LogEvent event) {
        return template.render(event, value -> word(value, perValue));
    }

    /** The text of a constant one. */
    String constant() {
        return template.literals();
    }

    /** One safe word of at most that many bytes; {@value Template#ABSENT} when there is nothing to make it of. */
    static String word(String value, int most) {
        int length = Math.min(value.length(), most);
        StringBuilder word = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            boolean safe = letter || (c >= '0' && c <= '9') || c == '-' || c == '_';
            word.append(safe ? c : '_');
        }
        return length == 0 ? Template.ABSENT : word.toString().toLowerCase(Locale.ROOT);
    }
}
