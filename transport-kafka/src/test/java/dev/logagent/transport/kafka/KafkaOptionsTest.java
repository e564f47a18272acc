package dev.logagent.transport.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logagent.api.option.InvalidOptionsException;
import dev.logagent.api.option.OptionProblem;
import dev.logagent.api.option.Options;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KafkaOptionsTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kafka://",
                "host:0",
                "host:70000",
                "host:port",
                "a:1,,b:2",
                "http://host:1",
                "kafka://me:pw@host:1",
                "host:1/topic",
                "-host:1"
            })
    void refusesAnEndPointThatIsNoListOfBrokersOrHoldsCredentials(String endPoint) {
        assertThat(Transports.problems(endPoint, Map.of())).singleElement().satisfies(problem -> {
            assertThat(problem.path()).containsExactly("end_point");
            assertThat(problem.message()).doesNotContain("pw");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"host", "host:1", "kafka://host:1, other.example.com:2", "10.0.0.1:9092", "[::1]:9092"})
    void takesAListOfBrokers(String endPoint) throws Exception {
        Transports.kafka(endPoint, Map.of()).close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "logs {service}",
                "logs/{service}",
                "{message}",
                "{id}",
                "logs.{servise}",
                "logs.{service",
                "logs}",
                "..",
                "__consumer_offsets"
            })
    void refusesATopicThatKafkaOrReasonDoesNotAllow(String topic) {
        assertThat(problemsOf(Map.of("topic", topic))).containsExactly("topic");
    }

    @Test
    void suggestsTheKeyThatWasMeant() {
        assertThat(messagesOf(Map.of("key", "{servise}")))
                .singleElement(org.assertj.core.api.InstanceOfAssertFactories.STRING)
                .contains("did you mean {service}?");
    }

    @Test
    void refusesHeadersThatAreNoTemplates() {
        assertThat(problemsOf(Map.of("headers", Map.of("x", "{nonsense_key}")))).containsExactly("headers");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sasl.jaas.config", "sasl_jaas_config", "ssl.engine.factory.class", "interceptor.classes"})
    void knowsNoOptionThatNamesAClassToLoad(String key) {
        assertThat(problemsOf(Map.of(key, "com.sun.security.auth.module.JndiLoginModule required;")))
                .containsExactly(key);
    }

    @Test
    void namesWhatIsMissingForAPassword() {
        assertThat(Transports.problems("127.0.0.1:1", Map.of("username", "me")))
                .extracting(OptionProblem::message)
                .containsExactlyInAnyOrder("'username' needs 'sasl_mechanism' too", "'username' needs 'password' too");
    }

    @Test
    void refusesToShowAPasswordToOthers() throws Exception {
        Map<String, Object> plain = Map.of("sasl_mechanism", "PLAIN", "username", "me", "password", "pw");
        Map<String, Object> scram = Map.of("sasl_mechanism", "SCRAM-SHA-512", "username", "me", "password", "pw");

        assertThat(Transports.problems("127.0.0.1:1,10.0.0.1:1", plain))
                .extracting(OptionProblem::path)
                .containsExactly(List.of("sasl_mechanism"));
        Transports.kafka("localhost:1", plain).close();
        Transports.kafka("10.0.0.1:1", scram).close();
    }

    @Test
    void refusesControlCharactersInNameAndPassword() {
        assertThat(problemsOf(Map.of("password", "a\nb", "username", "a\u0000")))
                .containsExactlyInAnyOrder("password", "username");
    }

    @Test
    void showsNoSecrets() throws Exception {
        Options options = KafkaOptions.TABLE.parse(Map.of("password", "hunter2", "tls_key_password", "hunter2"));

        assertThat(options.shown("password")).isEqualTo("***");
        assertThat(options.shown("tls_key_password")).isEqualTo("***");
    }

    @Test
    void refusesTlsFilesThatCannotBeUsedOrWouldNotBe() throws Exception {
        String none = folder.resolve("none.pem").toString();
        String damaged = Files.writeString(
                        folder.resolve("damaged.pem"), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")
                .toString();
        String oldKey = Files.writeString(folder.resolve("old.pem"), "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n")
                .toString();

        assertThat(tlsProblems(Map.of("tls_ca", damaged))).anyMatch(message -> message.contains("'tls = true'"));
        assertThat(tlsProblems(Map.of("tls", true, "tls_ca", none)))
                .anyMatch(message -> message.contains("no such file"));
        assertThat(tlsProblems(Map.of("tls", true, "tls_ca", damaged)))
                .anyMatch(message -> message.contains("cannot be used"));
        assertThat(tlsProblems(Map.of("tls", true, "tls_cert", damaged)))
                .anyMatch(message -> message.contains("needs 'tls_key' too"));
        assertThat(tlsProblems(Map.of("tls", true, "tls_cert", damaged, "tls_key", oldKey)))
                .anyMatch(message -> message.contains("openssl pkcs8"));
    }

    @Test
    void refusesLimitsThatDoNotFitTogether() {
        assertThat(Transports.problems(
                        "host:1",
                        Map.of(
                                "request_timeout_ms", 30_001L,
                                "delivery_timeout_ms", 30_000L,
                                "max_request_bytes", 9_000_000L)))
                .extracting(problem -> problem.path().get(0))
                .containsExactlyInAnyOrder("delivery_timeout_ms", "max_request_bytes");
    }

    @Test
    void makesTopicsLegal() {
        assertThat(TopicName.legalPiece("Größe/Über uns.x")).isEqualTo("gr__e__ber_uns.x");
        assertThat(TopicName.legalWhole("__consumer_offsets")).isEqualTo("_consumer_offsets");
        assertThat(TopicName.legalWhole("..")).isEqualTo("_");
        assertThat(TopicName.legalWhole("x".repeat(300))).hasSize(249);
    }

    private static List<String> tlsProblems(Map<String, Object> options) {
        return Transports.problems("host:1", options).stream()
                .map(OptionProblem::message)
                .toList();
    }

    private static List<String> problemsOf(Map<String, Object> options) {
        return problems(options).stream().map(problem -> problem.path().get(0)).toList();
    }

    private static List<String> messagesOf(Map<String, Object> options) {
        return problems(options).stream().map(OptionProblem::message).toList();
    }

    private static List<OptionProblem> problems(Map<String, Object> options) {
        try {
            KafkaOptions.TABLE.parse(options);
            return List.of();
        } catch (InvalidOptionsException e) {
            return e.problems();
        }
    }
}
