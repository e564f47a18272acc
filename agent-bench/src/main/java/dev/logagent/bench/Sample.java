package dev.logagent.bench;

import dev.logagent.api.FileInfo;
import dev.logagent.api.LineRun;
import dev.logagent.api.SourceInfo;
import dev.logagent.core.config.ParserConfig;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;

/** A usual line, or event of several lines, of each format; named like the parser, with what else it shows after that. */
public enum Sample {
    SYSLOG(
            "Nov 20 06:25:01 debian sshd[12345]: Failed password for invalid user admin from 198.51.100.9 port 40022 ssh2"),
    SYSLOG_5424("<38>1 2026-11-20T06:25:01.123456+00:00 debian sshd 12345 - [timeQuality tzKnown=\"1\" isSynced=\"1\"]"
            + " Accepted publickey for deploy from 198.51.100.9 port 40022 ssh2"),
    AUTH(
            "Nov 20 06:25:01 debian sudo:    alice : TTY=pts/0 ; PWD=/home/alice ; USER=root ; COMMAND=/usr/bin/apt update"),
    ACCESS("127.0.0.1 - frank [10/Oct/2000:13:55:36 -0700] \"GET /apache_pb.gif HTTP/1.0\" 200 2326"),
    NGINX("203.0.113.6 - - [20/Nov/2026:08:00:01 +0000] \"GET /api/items?id=7 HTTP/1.1\" 200 1570"
            + " \"https://example.com/login\" \"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36\""),
    NGINX_ERROR(
            "2026/11/20 08:00:01 [error] 4242#4242: *5 connect() failed (111: Connection refused) while connecting to"
                    + " upstream, client: 203.0.113.6, server: example.com, request: \"GET /api/items HTTP/1.1\","
                    + " upstream: \"http://127.0.0.1:9000/api/items\", host: \"example.com\""),
    APACHE("[Fri Nov 20 08:00:01.123456 2026] [core:error] [pid 4242:tid 140210] [client 203.0.113.6:40022] AH00126:"
            + " Invalid URI in request GET /../ HTTP/1.1"),
    JSON("{\"ts\":1763625601.123,\"level\":\"info\",\"logger\":\"shop.cart\",\"msg\":\"item added to cart\","
            + "\"item\":7,\"user\":\"alice\",\"took_ms\":12.5,\"trace_id\":\"0af7651916cd43dd8448eb211c80319c\"}"),
    LOGFMT("time=\"2026-11-20T08:00:00Z\" level=info msg=\"item added to cart\" item=7 user=alice took=12ms"),
    JAVA(
            "2026-11-20 08:00:00.123 [http-nio-8080-exec-1] INFO  com.example.shop.CartController - item 7 added to cart of alice"),
    JAVA_TRACE("""
            2026-11-20 08:00:00.123 [http-nio-8080-exec-1] ERROR com.example.shop.CartController - no item 7
            java.lang.IllegalStateException: the cart of alice holds no item 7
            \tat com.example.shop.Cart.remove(Cart.java:112)
            \tat com.example.shop.CartController.remove(CartController.java:48)"""),
    DOCKER("{\"log\":\"level=info msg=\\\"item added to cart\\\" item=7\\n\",\"stream\":\"stdout\","
            + "\"time\":\"2026-11-20T08:00:00.123456789Z\"}"),
    CRI("2026-11-20T08:00:00.123456789Z stdout F level=info msg=\"item added to cart\" item=7 user=alice"),
    CRI_NGINX("2026-11-20T08:00:01.123456789Z stdout F " + NGINX.line),
    POSTGRESQL(
            "2026-11-20 08:00:00.123 UTC [24201] shop@shop LOG:  duration: 12.345 ms  statement: select * from items"),
    RABBITMQ("2026-11-21 08:36:00.123456+00:00 [info] <0.222.0> accepting AMQP connection <0.630.0> (127.0.0.1:44216)"),
    KERNEL("[   12.345678] EXT4-fs (vda1): mounted filesystem with ordered data mode. Quota mode: none."),
    DPKG("2025-06-24 14:36:25 upgrade libsystemd0:amd64 252.36-1~deb12u1 252.38-1~deb12u1"),
    MYSQL("2026-11-20T08:00:00.123456Z 0 [Warning] [MY-010068] [Server] CA certificate ca.pem is self signed."),
    REDIS("24201:M 20 Nov 2026 08:00:00.123 * 100 changes in 300 seconds. Saving..."),
    AUDIT("type=SYSCALL msg=audit(1364481363.243:24287): arch=c000003e syscall=2 success=no exit=-13 a0=7fffd19c5592"
            + " items=1 ppid=2686 pid=3538 auid=1000 uid=1000 tty=pts0 ses=1 comm=\"cat\" exe=\"/bin/cat\""),
    GO("I1025 00:15:15.525108       1 httplog.go:79] GET /api/v1/namespaces/kube-system/pods: (1.512ms) 200"),
    PYTHON("2026-11-21 12:35:09,897 - shop.cart - WARNING - Watch out: 3 items in the cart of alice"),
    JOURNALD("{\"__REALTIME_TIMESTAMP\":\"1763625600123456\",\"PRIORITY\":\"6\",\"_SYSTEMD_UNIT\":\"ssh.service\","
            + "\"_PID\":\"900\",\"MESSAGE\":\"Server listening on 0.0.0.0 port 22.\",\"SYSLOG_IDENTIFIER\":\"sshd\"}"),
    REGEX("2026-11-20 08:00:00.123 <warn> shop#7: 3 items in the cart of alice, took 12 ms");

    /** What the regular expression of {@link #REGEX} is. */
    private static final String PATTERN =
            "^(?P<time>\\S+ \\S+) <(?P<level>\\w+)> (?P<service>[^#]+)#(?P<shard>\\d+): (?P<message>.*)$";

    private static final long READ_AT = 1_763_726_400_000L;

    private final String line;

    Sample(String line) {
        this.line = line;
    }

    /** The name of the parser. */
    public String parser() {
        int more = name().indexOf('_');
        return name().substring(0, more < 0 ? name().length() : more).toLowerCase(Locale.ROOT);
    }

    /** How the parser is configured. */
    public ParserConfig config() {
        return new ParserConfig(parser(), this == REGEX ? List.of(PATTERN) : List.of(), ZoneOffset.UTC);
    }

    /** The keys of such a source in a configuration. */
    String settings() {
        String parser = "parser = '" + parser() + "'\n";
        return switch (this) {
            case REGEX -> parser + "pattern = '" + PATTERN + "'\n";
            case JAVA_TRACE -> parser + "multiline = 'java'\n";
            default -> parser;
        };
    }

    /** One line or event, without the last newline. */
    public String line() {
        return line;
    }

    /** A run of such lines, as the detector hands it over. */
    public LineRun run(int count) {
        byte[] block = (line + "\n").repeat(count).getBytes(StandardCharsets.UTF_8);
        int length = block.length / count;
        int[] starts = new int[count + 1];
        for (int i = 0; i <= count; i++) {
            starts[i] = i * length;
        }
        FileInfo file = new FileInfo("/var/log/" + parser() + ".log", name().hashCode());
        return new LineRun(SourceInfo.named("bench"), file, READ_AT, block, starts, count, 0, false);
    }
}
