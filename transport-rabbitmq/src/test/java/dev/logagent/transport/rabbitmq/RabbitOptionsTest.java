package dev.logagent.transport.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logagent.api.encode.Format;
import dev.logagent.api.option.InvalidOptionsException;
import dev.logagent.api.option.OptionProblem;
import dev.logagent.api.transport.Compression;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RabbitOptionsTest {

    private static final String END_POINT = "amqp://127.0.0.1";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1:5672",
                "http://127.0.0.1/",
                "amqp://",
                "amqp://host:0/",
                "amqp://host:99999/",
                "amqp://a,,b/",
                "amqp://ho st/",
                "amqp://user@host/",
                "amqp://:hunter2@host/",
                "amqp://user:hunter2%zz@host/",
                "amqp://user:hunter2%4@host/",
                "amqp://host/a/b",
                "amqp://host/?heartbeat=5"
            })
    void refusesAnEndPointThatIsNone(String endPoint) {
        assertThat(Transports.problems(endPoint, Map.of(), Format.EVENT))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.path()).containsExactly("end_point");
                    assertThat(problem.message()).contains("'end_point'").doesNotContain("hunter2");
                });
    }

    @Test
    void readsAnEndPointWithEverything() {
        EndPoint endPoint =
                EndPoint.parse("AMQPS://us%40er:p:%2F%25+@a.example,b.example:1234,[::1],[::2]:9/my%2Fhost");

        assertThat(endPoint.tls()).isTrue();
        assertThat(endPoint.user()).isEqualTo("us@er");
        assertThat(endPoint.password()).isEqualTo("p:/%+");
        assertThat(endPoint.virtualHost()).isEqualTo("my/host");
        assertThat(endPoint.hosts())
                .extracting(host -> host.getHost() + " " + host.getPort())
                .containsExactly("a.example 5671", "b.example 1234", "::1 5671", "::2 9");
    }

    @ParameterizedTest
    @ValueSource(strings = {"amqp://host", "amqp://host/", "amqp://host/%2f"})
    void takesTheUsualDefaults(String text) {
        EndPoint endPoint = EndPoint.parse(text);

        assertThat(endPoint.tls()).isFalse();
        assertThat(endPoint.user()).isNull();
        assertThat(endPoint.virtualHost()).isEqualTo("/");
        assertThat(endPoint.hosts().get(0).getPort()).isEqualTo(5672);
    }

    @ParameterizedTest
    @ValueSource(strings = {"logs.{levle}", "logs.{level", "logs.level}", "{}", "{metadata.}"})
    void refusesARoutingKeyThatCannotBeFilled(String key) {
        assertThat(problemsOf(Map.of("routing_key", key))).containsExactly("routing_key");
        assertThat(problemsOf(Map.of("rules", List.of(Map.of("levels", "error", "exchange", "x", "routing_key", key)))))
                .containsExactly("rules.0.routing_key");
    }

    @Test
    void refusesARoutingKeyThatMayBecomeTooLong() {
        assertThat(problemsOf(Map.of("routing_key", "x".repeat(256)))).containsExactly("routing_key");
        assertThat(problemsOf(Map.of("routing_key", "x".repeat(240) + "{level}")))
                .containsExactly("routing_key");
        assertThat(problemsOf(Map.of("routing_key", "{service}.".repeat(10) + "end")))
                .isEmpty();
    }

    @Test
    void refusesRulesWithoutAConditionOrWithUnknownLevels() {
        assertThat(problemsOf(Map.of("rules", List.of(Map.of("exchange", "x")))))
                .containsExactly("rules.0");
        assertThat(problemsOf(Map.of("rules", List.of(Map.of("exchange", "x", "levels", "loud")))))
                .contains("rules.0.levels");
        assertThat(problemsOf(Map.of("rules", List.of(Map.of("levels", "warn")))))
                .containsExactly("rules.0.exchange");
    }

    @Test
    void refusesQueuesAndBindingsThatNobodyDeclares() {
        assertThat(problemsOf(
                        Map.of("queues", List.of(Map.of("name", "q")), "bindings", List.of(Map.of("queue", "q")))))
                .containsExactlyInAnyOrder("queues", "bindings");
    }

    @Test
    void refusesHalfOrDoubleCredentials() {
        assertThat(problemsOf(Map.of("username", "me"))).containsExactly("username");
        assertThat(problemsOf(Map.of("password", "secret"))).containsExactly("password");
        assertThat(Transports.problems("amqp://me:pw@host", Map.of("username", "me", "password", "pw"), Format.EVENT))
                .extracting(problem -> String.join(".", problem.path()))
                .containsExactly("username");
    }

    @Test
    void refusesWhatDiffersBetweenTheEventsOfABatch() {
        Map<String, Object> options = Map.of(
                "routing_key", "logs.{service}",
                "headers", Map.of("x", "{level}"),
                "rules", List.of(Map.of("levels", "error", "exchange", "x")));

        assertThat(Transports.problems(END_POINT, options, Format.BATCH))
                .extracting(problem -> String.join(".", problem.path()))
                .containsExactlyInAnyOrder("routing_key", "headers", "rules");
    }

    @Test
    void refusesCompression() throws Exception {
        var context = Transports.context(END_POINT, Map.of(), Format.EVENT, Compression.GZIP);

        assertThat(problemsOf(() -> new RabbitTransportFactory().create(context).close()))
                .containsExactly("compression");
    }

    @Test
    void masksThePassword() throws Exception {
        assertThat(RabbitOptions.TABLE.parse(Map.of("password", "hunter2")).shown("password"))
                .isEqualTo("***");
    }

    /** Of the table, or of the factory if the table has none; empty when all is well. */
    private static List<String> problemsOf(Map<String, Object> options) {
        return problemsOf(() -> Transports.rabbitmq(END_POINT, options).close());
    }

    private static List<String> problemsOf(Creation creation) {
        try {
            creation.run();
            return List.of();
        } catch (InvalidOptionsException e) {
            return e.problems().stream()
                    .map(OptionProblem::path)
                    .map(path -> String.join(".", path))
                    .toList();
        }
    }

    private interface Creation {
        void run() throws InvalidOptionsException;
    }
}
