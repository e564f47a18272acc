package dev.logagent.core.parser;

/** What is inside the lines that container runtimes and the journal wrap: a line of any program. */
final class Content {

    private static final LineParser STRUCTURED = new JsonParser().or(new LogfmtParser());

    /** Those of programs that run in containers and services as they do elsewhere; each looks at a few bytes of what is not its. */
    private static final LineParser PREFIXED = new KlogParser()
            .or(new NginxErrorParser())
            .or(new PrefixParser())
            .or(new AccessLogParser())
            .or(new ApacheErrorParser())
            .or(new RedisParser())
            .or(new MysqlParser())
            .or(new PostgresParser())
            .or(new LevelFirstParser())
            .or(new LevelTimeParser())
            .or(new GoParser());

    private Content() {}

    /**
     * Reads the bytes as a line of its own, the whole of it being the message if nothing else is found.
     *
     * @param mayHoldLines whether there may be newlines in it
     */
    static void parse(Line line, byte[] bytes, int start, int end, boolean mayHoldLines) {
        line.look(bytes, start, end);
        boolean known = start < end && (STRUCTURED.parse(line) || (line.again() && PREFIXED.parse(line)));
        if (!known) {
            line.again();
            line.found().message(bytes, start, end);
        }
        if (mayHoldLines) {
            Exceptions.find(line, bytes, start, end);
        }
    }
}
