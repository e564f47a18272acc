package dev.logagent.transport.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logagent.api.transport.SendResult;
import dev.logagent.api.transport.Transport;
import dev.logagent.testkit.Batches;
import dev.logagent.testkit.KafkaBroker;
import dev.logagent.testkit.TestCertificates;
import dev.logagent.testkit.TestIdentity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KafkaSecurityTest {

    private final TestCluster cluster = TestCluster.get();
    private final KafkaBroker broker = cluster.broker();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"})
    void comesInWithAPassword(String mechanism) throws Exception {
        String topic = cluster.newTopic();

        assertThat(send(broker.passwordAddress(), user(mechanism, KafkaBroker.PASSWORD, topic)))
                .isEqualTo(SendResult.delivered());
    }

    @ParameterizedTest
    @ValueSource(strings = {"PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"})
    void callsAWrongPasswordOrMechanismTheOperatorsMistake(String mechanism) throws Exception {
        Map<String, Object> options = user(mechanism, "wrong", cluster.newTopic());

        assertMisconfigured(send(broker.passwordAddress(), options));
        try (Transport transport = Transports.kafka(broker.passwordAddress(), options)) {
            assertThatThrownBy(transport::check)
                    .isInstanceOf(IOException.class)
                    .hasMessageNotContainingAny("Exception", "wrong");
        }
    }

    @Test
    void sendsAgainOnceTheUserIsKnown() throws Exception {
        Map<String, Object> options = user("SCRAM-SHA-256", "later", cluster.newTopic());
        options.put("username", "bob");

        try (Transport transport = Transports.kafka(broker.passwordAddress(), options)) {
            assertMisconfigured(transport.send(Batches.of("app1", "one")));
            cluster.addUser("bob", "later");
            assertThat(transport.send(Batches.of("app1", "one"))).isEqualTo(SendResult.delivered());
        }
    }

    @Test
    void callsAForbiddenTopicTheOperatorsMistake() throws Exception {
        String topic = cluster.newTopic();
        cluster.forbid(topic);
        Map<String, Object> options = user("PLAIN", KafkaBroker.PASSWORD, topic);

        assertMisconfigured(send(broker.passwordAddress(), options));
        try (Transport transport = Transports.kafka(broker.passwordAddress(), options)) {
            assertThatThrownBy(transport::check).isInstanceOf(IOException.class).hasMessageContaining("may not write");
        }
    }

    @Test
    void encryptsWithItsOwnAuthorityAndCertificate() throws Exception {
        assertThat(send(broker.tlsAddress(), tls(broker.certificates(), broker.certificates())))
                .isEqualTo(SendResult.delivered());
    }

    @Test
    void comesInWithAPasswordOverTls() throws Exception {
        Map<String, Object> options = user("SCRAM-SHA-512", KafkaBroker.PASSWORD, cluster.newTopic());
        Path authority = broker.certificates().authority().writeCertificate(folder.resolve("ca.pem"));
        options.putAll(Map.of("tls", true, "tls_ca", authority.toString()));

        assertThat(send(broker.secureAddress(), options)).isEqualTo(SendResult.delivered());
    }

    @Test
    void refusesABrokerOfAnotherAuthority() throws Exception {
        assertMisconfigured(send(broker.tlsAddress(), tls(TestCertificates.create(), broker.certificates())));
    }

    @Test
    void callsACertificateThatTheBrokerRefusesTheOperatorsMistake() throws Exception {
        assertMisconfigured(send(broker.tlsAddress(), tls(broker.certificates(), TestCertificates.create())));
    }

    @Test
    void refusesABrokerUnderAnotherNameUnlessTold() throws Exception {
        String otherName = "localhost" + broker.tlsAddress().substring("127.0.0.1".length());
        Map<String, Object> options = tls(broker.certificates(), broker.certificates());

        assertMisconfigured(send(otherName, options));

        options.put("tls_verify_host", false);
        assertThat(send(otherName, options)).isEqualTo(SendResult.delivered());
    }

    private Map<String, Object> user(String mechanism, String password, String topic) {
        Map<String, Object> options = new HashMap<>();
        options.putAll(Map.of(
                "topic", topic,
                "sasl_mechanism", mechanism,
                "username", KafkaBroker.USER,
                "password", password));
        return options;
    }

    /**
     * Options for TLS.
     *
     * @param trusted who is believed to have signed the broker's certificate
     * @param own who signs the client's
     */
    private Map<String, Object> tls(TestCertificates trusted, TestCertificates own) throws Exception {
        TestIdentity client = own.client("agent");
        Map<String, Object> options = new HashMap<>();
        options.putAll(Map.of(
                "topic",
                cluster.newTopic(),
                "tls",
                true,
                "tls_ca",
                trusted.authority().writeCertificate(folder.resolve("ca.pem")).toString(),
                "tls_cert",
                client.writeCertificate(folder.resolve("cert.pem")).toString(),
                "tls_key",
                client.writeKey(folder.resolve("key.pem")).toString()));
        return options;
    }

    private static SendResult send(String address, Map<String, Object> options) throws Exception {
        try (Transport transport = Transports.kafka(address, options)) {
            return transport.send(Batches.of("app1", "one"));
        }
    }

    private static void assertMisconfigured(SendResult result) {
        assertThat(result).isInstanceOf(SendResult.Misconfigured.class);
    }
}
