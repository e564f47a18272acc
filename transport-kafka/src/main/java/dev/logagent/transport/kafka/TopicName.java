package dev.logagent.transport.kafka;

import java.util.Locale;

/** What Kafka allows as the name of a topic: 1 to 249 of the characters {@code a-z A-Z 0-9 . _ -}, and not only dots. */
final class TopicName {

    private static final int MOST_CHARACTERS = 249;

    private TopicName() {}

    /** Whether all characters of a piece of a name are allowed. */
    static boolean isLegalPiece(String piece) {
        return piece.chars().allMatch(TopicName::isLegal);
    }

    /** The value of an event as a piece of a name: in lower case, an underscore for every character not allowed. */
    static String legalPiece(String value) {
        String lower = value.toLowerCase(Locale.ROOT);
        StringBuilder piece = null;
        for (int i = 0; i < lower.length(); i++) {
            if (!isLegal(lower.charAt(i))) {
                if (piece == null) {
                    piece = new StringBuilder(lower);
                }
                piece.setCharAt(i, '_');
            }
        }
        return piece == null ? lower : piece.toString();
    }

    /**
     * A name made of legal pieces as Kafka takes it: cut where it is too long, never {@code .} or {@code ..}, never one
     * that starts with two underscores, as Kafka's own topics do.
     */
    static String legalWhole(String name) {
        String whole = name.length() > MOST_CHARACTERS ? name.substring(0, MOST_CHARACTERS) : name;
        if (whole.equals(".") || whole.equals("..")) {
            return whole.replace('.', '_').substring(0, 1);
        }
        int start = 0;
        while (whole.startsWith("__", start)) {
            start++;
        }
        return whole.substring(start);
    }

    private static boolean isLegal(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '.'
                || c == '_'
                || c == '-';
    }
}
