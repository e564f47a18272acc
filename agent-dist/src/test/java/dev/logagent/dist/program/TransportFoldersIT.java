package dev.logagent.dist.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logagent.testkit.CollectorServer;
import dev.logagent.testkit.CompiledJar;
import dev.logagent.testkit.WebSocketReceiver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A transport is a folder below {@code transports/}: gone with it, costing nothing unused, and with its own libraries. */
final class TransportFoldersIT {

    private static final String OKHTTP = "okhttp3.";
    private static final String KAFKA_CLIENT = "org.apache.kafka.";
    private static final String RABBITMQ_CLIENT = "com.rabbitmq.";
    private static final String WEBSOCKET_CLIENT = "org.java_websocket.client.";

    @TempDir
    Path folder;

    @Test
    void removingAFolderRemovesItsTransportAndNoOther() throws Exception {
        Path home = PackagedProgram.copyTo(folder.resolve("home"));
        remove(home.resolve("transports/kafka"));
        PackagedProgram program = new PackagedProgram(PackagedProgram.launcher(home), folder);

        assertThat(program.run("transports")).isZero();
        assertThat(program.out().lines().filter(line -> line.matches("\\w+  \\S.*")))
                .extracting(line -> line.substring(0, line.indexOf(' ')))
                .containsExactlyInAnyOrder("http", "rabbitmq", "websocket");

        configure("kafka", "127.0.0.1:9092");
        assertThat(program.run("run", "--once")).isEqualTo(2);
        assertThat(program.err())
                .contains(
                        "log-agent.config:3:13: unknown transport 'kafka'",
                        "installed: http, rabbitmq, websocket; looked in " + home.resolve("transports"));

        deliversOverHttp(program);
    }

    @Test
    void noClassOfAnUnusedTransportsLibraryIsLoaded() throws Exception {
        PackagedProgram program = new PackagedProgram(PackagedProgram.launcher(PackagedProgram.home()), folder)
                .env("LOG_AGENT_JAVA_OPTS", "-Xlog:class+load:file=classes.txt");

        deliversOverHttp(program);
        assertThat(loaded(OKHTTP)).isPositive();
        assertThat(List.of(loaded(KAFKA_CLIENT), loaded(RABBITMQ_CLIENT), loaded(WEBSOCKET_CLIENT)))
                .as("Kafka, RabbitMQ, WebSocket")
                .containsExactly(0L, 0L, 0L);

        try (WebSocketReceiver receiver = WebSocketReceiver.start()) {
            configure("websocket", receiver.url("/"));
            assertThat(program.run("run", "--once")).as(program.err()).isZero();
            assertThat(receiver.lines("in")).containsExactly("one", "two");
        }
        assertThat(loaded(WEBSOCKET_CLIENT)).isPositive();
        assertThat(List.of(loaded(OKHTTP), loaded(KAFKA_CLIENT), loaded(RABBITMQ_CLIENT)))
                .as("HTTP, Kafka, RabbitMQ")
                .containsExactly(0L, 0L, 0L);
    }

    @Test
    void twoTransportsUseDifferentVersionsOfOneLibraryAtTheSameTime() throws Exception {
        Path home = PackagedProgram.copyTo(folder.resolve("home"));
        for (String version : List.of("1", "2")) {
            new CompiledJar()
                    .source("example.Factory", FACTORY.replace("VERSION", version))
                    .source("library.Greeting", LIBRARY.replace("VERSION", version))
                    .transport("example.Factory")
                    .write(
                            home.resolve("transports/greeting" + version + "/greeting.jar"),
                            home.resolve("lib/agent-api.jar"));
        }
        configure("greeting1", folder.resolve("out1").toString());
        Files.writeString(
                folder.resolve("log-agent.config"), """
                [[outputs]]
                name = "second"
                send_type = "greeting2"
                end_point = "%s"
                [[routes]]
                outputs = ["default", "second"]
                """.formatted(folder.resolve("out2")), StandardOpenOption.APPEND);
        PackagedProgram program = new PackagedProgram(PackagedProgram.launcher(home), folder);

        assertThat(program.run("run", "--once")).as(program.err()).isZero();
        assertThat(folder.resolve("out1")).hasContent("one from version 1\ntwo from version 1");
        assertThat(folder.resolve("out2")).hasContent("one from version 2\ntwo from version 2");
    }

    private void deliversOverHttp(PackagedProgram program) throws Exception {
        try (CollectorServer collector = CollectorServer.start()) {
            configure("http", collector.url("/log"));
            assertThat(program.run("run", "--once")).as(program.err()).isZero();
            assertThat(collector.lines("in")).containsExactly("one", "two");
        }
    }

    /** A configuration for a state folder that nobody has used. */
    private void configure(String transport, String endPoint) throws IOException {
        Files.writeString(folder.resolve("in.log"), "one\ntwo\n");
        Files.writeString(folder.resolve("log-agent.config"), """
                [global]
                agent_name = "test"
                send_type = "%s"
                end_point = "%s"
                state_dir = "%s"
                [[sources]]
                name = "in"
                log_path = "in.log"
                """.formatted(transport, endPoint, "state-" + transport));
    }

    /** How many classes of a library the last run has loaded. */
    private long loaded(String prefix) throws IOException {
        try (Stream<String> lines = Files.lines(folder.resolve("classes.txt"))) {
            return lines.filter(line -> line.contains("] " + prefix)).count();
        }
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static final String LIBRARY = """
            package library;
            public class Greeting { public static String of(String text) { return text + " from version VERSION"; } }
            """;

    private static final String FACTORY = """
            package example;

            import dev.logagent.api.Batch;
            import dev.logagent.api.option.OptionTable;
            import dev.logagent.api.transport.*;
            import java.io.IOException;
            import java.nio.file.*;
            import java.util.List;

            public final class Factory implements TransportFactory {
                public String name() { return "greetingVERSION"; }
                public String summary() { return "Writes each line with what a library adds."; }
                public OptionTable options() { return OptionTable.of(); }
                public Transport create(TransportContext context) {
                    Path file = Path.of(context.endPoint());
                    return new Transport() {
                        public synchronized SendResult send(Batch batch) throws IOException {
                            List<String> lines = batch.events().stream()
                                    .map(event -> library.Greeting.of(event.text()))
                                    .toList();
                            Files.write(file, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                            return SendResult.delivered();
                        }
                        public String check() { return "ready"; }
                        public void close() {}
                    };
                }
            }
            """;
}
