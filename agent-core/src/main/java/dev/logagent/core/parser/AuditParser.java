package dev.logagent.core.parser;

import dev.logagent.api.Field;
import dev.logagent.api.ParsedLines;
import java.nio.charset.StandardCharsets;

/** The kernel's audit log: {@code type=SYSCALL msg=audit(1364481363.243:24287): arch=c000003e success=no …}. */
final class AuditParser implements LineParser {

    private static final byte[] TYPE = "type".getBytes(StandardCharsets.US_ASCII);

    @Override
    public boolean parse(Line line) {
        if (line.skip("node=") && line.word()) {
            line.put(Field.HOSTNAME);
        }
        if (!line.skip("type=") || !line.word()) {
            return false;
        }
        line.found().text(TYPE, 0, TYPE.length, line.bytes(), line.from(), line.to());
        if (!line.skip("msg=audit(") || !line.until(':')) {
            return false;
        }
        long time = Structured.epochMillis(line.bytes(), line.from(), line.to());
        if (time == ParsedLines.NO_TIME || !line.digits()) {
            return false;
        }
        line.found().time(time);
        line.putNumber(Field.SEQUENCE);
        if (!line.skip("):")) {
            return false;
        }
        line.skipSpaces();
        return line.rest().putMessage();
    }
}
