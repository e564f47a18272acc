package dev.logagent.core.parser;

import dev.logagent.api.Field;

/** RabbitMQ's log: {@code 2026-01-31 23:59:59.123456+00:00 [info] <0.222.0> message}. */
final class RabbitParser implements LineParser {

    @Override
    public boolean parse(Line line) {
        if (!Bytes.isDigit(line.peek(0))
                || !line.time()
                || !line.skip(' ')
                || !line.between('[', ']')
                || !line.level()
                || !line.skip(' ')
                || !line.between('<', '>')) {
            return false;
        }
        line.put(Field.ERLANG_PID);
        line.skip(' ');
        return line.rest().putMessage();
    }
}
