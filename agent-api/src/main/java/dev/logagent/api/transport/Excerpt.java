package dev.logagent.api.transport;

/** Short, harmless texts from what a destination says: it may be long, or hostile to terminals and log viewers. */
public final class Excerpt {

    private static final int MOST_CHARACTERS = 200;

    private Excerpt() {}

    /** The first 200 characters in one line, control characters and runs of spaces replaced by one space. */
    public static String of(String text) {
        StringBuilder line = new StringBuilder(Math.min(text.length(), MOST_CHARACTERS));
        boolean gap = false;
        for (int i = 0; i < text.length() && line.length() < MOST_CHARACTERS; i++) {
            char c = text.charAt(i);
            if (isUnprintable(c)) {
                gap = line.length() > 0;
                continue;
            }
            if (gap) {
                line.append(' ');
                gap = false;
            }
            line.append(c);
        }
        return line.toString();
    }

    /** Controls, spaces, and the marks that turn the direction of writing. */
    private static boolean isUnprintable(char c) {
        return Character.isISOControl(c)
                || Character.isWhitespace(c)
                || Character.getType(c) == Character.FORMAT
                || Character.getType(c) == Character.SPACE_SEPARATOR;
    }
}
