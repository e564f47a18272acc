package dev.logagent.transport.http;

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

final class HttpOptionsTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"localhost:8080/log", "ftp://host/", "http://", "http://user:pw@host/", "http://ho st/"})
    void refusesAnEndPointThatIsNoUrlOrHoldsCredentials(String endPoint) {
        assertThat(Transports.problems(endPoint, Map.of()))
                .extracting(OptionProblem::path)
                .containsExactly(List.of("end_point"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://logs.example.com/", "http://10.0.0.1/", "http://127.example.com/", "http://[::2]/"})
    void refusesToSendCredentialsUnencryptedToAnotherHost(String endPoint) {
        for (Map<String, Object> secret : secrets()) {
            assertThat(Transports.problems(endPoint, secret))
                    .extracting(OptionProblem::message)
                    .anyMatch(message -> message.contains("unencrypted"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://localhost/", "http://127.0.0.1:80/", "http://[::1]:80/", "https://logs.example.com/"})
    void sendsCredentialsEncryptedOrWithinTheHost(String endPoint) throws Exception {
        for (Map<String, Object> secret : secrets()) {
            Transports.http(endPoint, secret).close();
        }
    }

    @Test
    void namesAllProblemsAtOnce() {
        List<OptionProblem> problems = Transports.problems(
                "nonsense",
                Map.of(
                        "username", "me",
                        "tls_ca", folder.resolve("none.pem").toString(),
                        "tls_key", folder.resolve("none.key").toString()));

        assertThat(problems)
                .extracting(problem -> problem.path().get(0))
                .containsExactlyInAnyOrder("end_point", "username", "tls_key", "tls_ca", "tls_key");
    }

    @Test
    void refusesTwoWaysToAuthenticate() {
        assertThat(Transports.problems(
                        "https://host/", Map.of("username", "me", "password", "pw", "bearer_token", "t")))
                .singleElement()
                .extracting(OptionProblem::path)
                .isEqualTo(List.of("bearer_token"));
        assertThat(Transports.problems(
                        "https://host/", Map.of("bearer_token", "t", "headers", Map.of("authorization", "x"))))
                .singleElement()
                .extracting(OptionProblem::path)
                .isEqualTo(List.of("headers"));
    }

    @Test
    void refusesHeadersThatAreTheAgentsOwnOrNotAllowed() {
        for (Map<String, String> headers : List.of(
                Map.of("Content-Length", "5"),
                Map.of("idempotency-key", "x"),
                Map.of("X Y", "z"),
                Map.of("X-Break", "a\r\nb: c"))) {
            assertThat(problemsOf(Map.of("headers", headers)))
                    .singleElement()
                    .extracting(OptionProblem::path)
                    .isEqualTo(List.of("headers"));
        }
    }

    @Test
    void showsNoSecrets() throws Exception {
        Options options = HttpOptions.TABLE.parse(Map.of(
                "password", "hunter2",
                "bearer_token", "hunter2",
                "proxy", "http://me:hunter2@host:1",
                "headers", Map.of("X", "hunter2")));

        assertThat(List.of("password", "bearer_token", "proxy", "headers"))
                .allSatisfy(key -> assertThat(options.shown(key)).isEqualTo("***"));
        assertThat(problemsOf(Map.of("headers", Map.of("X", "hunter2\n"))).toString())
                .doesNotContain("hunter2");
    }

    @Test
    void saysHowToConvertAKeyOfAnotherKind() throws Exception {
        Path key = Files.writeString(
                folder.resolve("key.pem"), "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n");

        assertThat(Transports.problems("https://host/", Map.of("tls_cert", key.toString(), "tls_key", key.toString())))
                .extracting(OptionProblem::message)
                .anyMatch(message -> message.contains("openssl pkcs8"))
                .anyMatch(message -> message.contains("no certificate"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://proxy:1/", "http://", "http://proxy/path", "socks5://proxy:1"})
    void refusesAProxyItCannotUse(String proxy) {
        assertThat(Transports.problems("https://host/", Map.of("proxy", proxy)))
                .extracting(OptionProblem::path)
                .containsExactly(List.of("proxy"));
    }

    private static List<Map<String, Object>> secrets() {
        return List.of(
                Map.of("username", "me", "password", "pw"),
                Map.of("bearer_token", "t"),
                Map.of("headers", Map.of("Authorization", "x")),
                Map.of("headers", Map.of("x-api-key", "x")));
    }

    private static List<OptionProblem> problemsOf(Map<String, Object> options) {
        try {
            HttpOptions.TABLE.parse(options);
            return List.of();
        } catch (InvalidOptionsException e) {
            return e.problems();
        }
    }
}
