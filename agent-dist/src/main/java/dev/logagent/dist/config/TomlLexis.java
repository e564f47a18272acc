package dev.logagent.dist.config;

/** How far keys and values reach in a line: the parser says only where they begin. All positions are of {@code char}s. */
final class TomlLexis {

    private TomlLexis() {}

    /** Where the key, or the table header, that begins at {@code from} ends. */
    static int endOfKey(String line, int from) {
        boolean header = line.startsWith("[", from);
        int end = from;
        for (int i = from; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"' || c == '\'') {
                i = endOfString(line, i) - 1;
            } else if (header ? c == '#' : c == '=' || c == '#') {
                break;
            }
            if (!Character.isWhitespace(c)) {
                end = i + 1;
            }
        }
        return Math.min(end, line.length());
    }

    /** Where the value that begins at {@code from} ends; the end of the line if it goes on in the next one. */
    static int endOfValue(String line, int from) {
        if (from >= line.length()) {
            return line.length();
        }
        return switch (line.charAt(from)) {
            case '"', '\'' -> endOfString(line, from);
            case '[', '{' -> endOfBrackets(line, from);
            default -> endOfWord(line, from);
        };
    }

    private static int endOfString(String line, int from) {
        String quote = line.substring(from, from + 1);
        String triple = quote.repeat(3);
        String closing = line.startsWith(triple, from) ? triple : quote;
        for (int i = from + closing.length(); i < line.length(); i++) {
            if (line.charAt(i) == '\\' && quote.equals("\"")) {
                i++;
            } else if (line.startsWith(closing, i)) {
                return i + closing.length();
            }
        }
        return line.length();
    }

    private static int endOfBrackets(String line, int from) {
        int depth = 0;
        for (int i = from; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"' || c == '\'') {
                i = endOfString(line, i) - 1;
            } else if (c == '[' || c == '{') {
                depth++;
            } else if ((c == ']' || c == '}') && --depth == 0) {
                return i + 1;
            } else if (c == '#') {
                return line.substring(0, i).stripTrailing().length();
            }
        }
        return line.length();
    }

    private static int endOfWord(String line, int from) {
        int end = from;
        while (end < line.length()
                && ",]}#".indexOf(line.charAt(end)) < 0
                && !Character.isWhitespace(line.charAt(end))) {
            end++;
        }
        return end;
    }
}
