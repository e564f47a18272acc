package dev.logagent.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.logagent.api.encode.Format;
import dev.logagent.api.option.InvalidOptionsException;
import dev.logagent.api.option.OptionProblem;
import dev.logagent.api.transport.Compression;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WebSocketOptionsTest {

    private static final String LOCAL = "ws://127.0.0.1:9/log";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "ws:",
                "ws://",
                "ws:///log",
                "ws://:80/log",
                "ws://host:0/",
                "ws://host:65536/",
                "ws://host:port/",
                "ws://user:secret@host/",
                "ws://host/#part",
                "ws://ho st/",
                "http://host/",
                "ftp://host/"
            })
    void refusesWhatIsNoEndPoint(String endPoint) {
        assertThat(Transports.problems(endPoint, Map.of()))
                .singleElement()
                .satisfies(problem -> assertThat(problem.path()).containsExactly("end_point"))
                .satisfies(problem -> assertThat(problem.toString()).doesNotContain("secret"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ws://host", "WSS://Host:8443/a/b?c=d", "ws://[::1]:80/", "wss://10.0.0.1/"})
    void takesEveryEndPoint(String endPoint) throws Exception {
        Transports.websocket(endPoint, Map.of()).close();
    }

    @Test
    void asksWhetherHttpsWasMeantToBeWss() {
        assertThat(Transports.problems("https://host/log", Map.of()).get(0).hint())
                .contains("wss://");
    }

    @Test
    void refusesToSendCredentialsInTheOpen() throws Exception {
        Map<String, Object> token = Map.of("bearer_token", "s3cret");

        assertThat(Transports.problems("ws://logs.example.com/", token))
                .extracting(OptionProblem::message)
                .containsExactly("credentials would be sent to logs.example.com unencrypted");
        assertThat(Transports.problems("ws://logs.example.com/", Map.of("headers", Map.of("X-Api-Key", "k"))))
                .hasSize(1);
        Transports.websocket("wss://logs.example.com/", token).close();
        Transports.websocket(LOCAL, token).close();
        Transports.websocket("ws://localhost/", token).close();
    }

    @Test
    void refusesHalfOfTheCredentialsAndTwoKinds() {
        assertThat(keys(Map.of("username", "a"))).containsExactly("username");
        assertThat(keys(Map.of("password", "a"))).containsExactly("password");
        assertThat(keys(Map.of("username", "a", "password", "b", "bearer_token", "c")))
                .containsExactly("bearer_token");
        assertThat(keys(Map.of("bearer_token", "c", "headers", Map.of("authorization", "d"))))
                .containsExactly("headers");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Host", "upgrade", "Sec-WebSocket-Key", "bad name", ""})
    void refusesHeadersThatItSetsItselfOrThatAreNone(String name) {
        assertRefusedByTheTable("headers", Map.of(name, "value"));
    }

    @Test
    void refusesHeaderValuesWithLineBreaksAndDoesNotShowThem() {
        assertRefusedByTheTable("headers", Map.of("X-A", "secret\r\nX-B: c"));
    }

    @Test
    void refusesCompression() {
        assertThatThrownBy(() -> Transports.websocket(LOCAL, Map.of(), Format.BATCH, Compression.GZIP))
                .isInstanceOf(InvalidOptionsException.class)
                .hasMessageContaining("compression");
    }

    @Test
    void refusesFilesThatAreNotThere() {
        assertThat(keys(Map.of("tls_ca", "/no/such/file.pem"))).containsExactly("tls_ca");
        assertThat(keys(Map.of("tls_cert", "/no/such/file.pem"))).contains("tls_cert");
    }

    private static void assertRefusedByTheTable(String key, Object value) {
        assertThatThrownBy(() -> WebSocketOptions.TABLE.parse(Map.of(key, value)))
                .isInstanceOfSatisfying(
                        InvalidOptionsException.class,
                        e -> assertThat(e.problems())
                                .extracting(OptionProblem::path)
                                .containsExactly(List.of(key)))
                .hasMessageNotContaining("secret");
    }

    private static List<String> keys(Map<String, Object> options) {
        return Transports.problems(LOCAL, options).stream()
                .flatMap(problem -> problem.path().stream())
                .toList();
    }
}
