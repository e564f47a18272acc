package dev.logagent.core.parser;

/** What is inside the lines that container runtimes and the journal wrap: a line of any program. */
final class Content {

    private static final LineParser STRUCTURED = new JsonParser().or(new LogfmtParser());

    private static final LineParser PREFIXED = new KlogParser().or(new PrefixParser());

    private Content() {}

    /** Reads the bytes as a line of its own, the whole of it being the message if nothing else is found. */
    static void parse(Line line, byte[] bytes, int start, int end) {
        line.look(bytes, start, end);
        boolean known = start < end && (STRUCTURED.parse(line) || (line.again() && PREFIXED.parse(line)));
        if (!known) {
            line.again();
            line.found().message(bytes, start, end);
        }
    }
}
