package dev.logagent.core.parser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logagent.api.Level;
import dev.logagent.api.LineRun;
import dev.logagent.api.LogEvent;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which parser claims a line of which nothing else is known, and what level it finds: usual formats that look alike. */
final class FileFormatTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            java       | ERROR    | 2026-11-21 10:00:00,123 ERROR app: failed
            java       | ERROR    | 2026-11-21T10:00:00,123 ERROR app: failed
            java       | INFO     | 2026-11-21 10:00:00,123 [INFO] app.x: hi
            java       | INFO     | 2026-11-21T10:00:00.123Z [INFO] app.x: hi
            java       | INFO     | 2026-11-21 10:00:00,123 INFO hi
            java       | ERROR    | [2026-11-21 10:00:00,123] ERROR in app: Exception on / [GET]
            java       | INFO     | [2026-11-21 10:00:00,123] {taskinstance.py:1150} INFO - Executing
            java       | ERROR    | `2026-11-21 10:00:00.123 | ERROR    | __main__:main:7 - loguru`
            java       | WARNING  | 21-11-2026 10:00:00 - WARNING - slow
            java       | INFO     | INFO 2026-11-21 10:00:00,123 basehttp 1 2 "GET / HTTP/1.1" 200 1
            java       | INFO     | 2026-11-21 10:00:00,123 fail2ban.actions        [123]: NOTICE  [sshd] Ban 10.0.0.1
            java       | ERROR    | 2026-11-21 10:00:00,123 main ERROR Unable to locate appender
            java       | INFO     | 10:00:00.123 [main] INFO com.x.App - logback
            java       | INFO     | 2026-11-21 10:00:00.123  INFO 1234 --- [           main] com.x.App      : Spring
            java       | INFO     | [2026-11-21T10:00:00,123][INFO ][o.e.n.Node               ] [node-1] starting ...
            java       | INFO     | [2026-11-21 10:00:00,123] INFO [KafkaServer id=0] started (kafka.server.KafkaServer)
            python     | ERROR    | 2026-11-21 10:00:00,123 - root - ERROR - no
            python     | WARNING  | WARNING:root:slow
            python     | INFO     | [2026-11-21 10:00:00 +0000] [7] [INFO] Starting gunicorn
            python     | ERROR    | [2026-11-21 10:00:00,123: ERROR/MainProcess] no
            syslog     | ERROR    | Nov 21 10:00:00 web1 app[7]: ERROR cannot open
            syslog     | INFO     | 2026-11-21T10:00:00.123456+01:00 web1 sshd[123]: Accepted publickey for root
            syslog     | INFO     | 2026-11-21T10:00:00+0000 web1 systemd[1]: Started X.
            syslog     | INFO     | Nov 21 10:00:00 web1 last message repeated 2 times
            syslog     | ERROR    | <11>Nov 21 10:00:00 web1 cannot open, and no tag
            go         | INFO     | 2026/11/21 10:00:00 listening on :80
            go         | INFO     | 2026/11/21 10:00:00.123456 main.go:12: x
            go         | ERROR    | 2026/11/21 10:00:00 [ERROR] x
            go         | ERROR    | E1121 10:00:00.123456       1 a.go:1] x
            go         | ERROR    | 2026-11-21T10:00:00.123Z	ERROR	shop	a/b.go:1	boom	{"k":1}
            go         | WARNING  | WARN[0042] slow
            logfmt     | WARNING  | time=2026-11-21T10:00:00.123+01:00 level=WARN msg="slog text" a=1
            logfmt     | ERROR    | t=2026-11-21T10:00:00+0000 lvl=eror msg=x
            nginx      | ERROR    | 2026/11/21 10:00:00 [error] 1#1: *5 open() failed, client: 10.0.0.1, server: _
            apache     | ERROR    | [Sat Nov 21 10:00:00.123456 2026] [php:error] [pid 1] [client 10.0.0.1:5] no
            access     | WARNING  | 10.0.0.1 - - [21/Nov/2026:10:00:00 +0000] "GET / HTTP/1.1" 404 12
            rabbitmq   | INFO     | 2026-11-21 10:00:00.123456+00:00 [info] <0.1.0> x
            postgresql | CRITICAL | 2026-11-21 10:00:00.123 CET [123] app@db FATAL:  no
            mysql      | WARNING  | 2026-11-21T10:00:00.123456Z 0 [Warning] [MY-010068] [Server] x
            redis      | WARNING  | 1:M 21 Nov 2026 10:00:00.123 # x
            audit      | INFO     | type=CWD msg=audit(1795258923.123:456): cwd="/"
            kernel     | INFO     | [   12.345678] EXT4-fs (vda1): mounted filesystem
            dpkg       | INFO     | 2026-11-21 10:00:00 status installed libc6:amd64 2.36-9
            json       | CRITICAL | {"level":"fatal","msg":"x"}
            docker     | ERROR    | {"log":"ERROR:root:x\\n","stream":"stderr","time":"2026-11-21T10:00:00.1Z"}
            cri        | ERROR    | 2026-11-21T10:00:00.123456789Z stderr F E1121 10:00:00.123456 1 a.go:1] x
            plain      | INFO     | [0.012s][info][gc] Using G1
            plain      | INFO     | 2026-11-21 10:00:00 something happened to app: it is fine
            plain      | INFO     | Hello, world: a=b
            """)
    void claimsOnlyItsOwnLines(String parser, Level level, String line) {
        RunParser auto = Parsing.parser("auto", "UTC");

        LineRun run = auto.parse(Parsing.run("/x/y", Parsing.READ_AT, line));

        assertThat(auto.formatOf(run.file())).isEqualTo(parser);
        assertThat(new LogEvent(run, 0).level()).isEqualTo(level);
        assertThat(run.hasTimestamp(0))
                .isEqualTo(parser.equals("audit") || (line.contains("10:00:00") && !parser.equals("plain")));
    }
}
