package dev.logagent.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logagent.api.transport.SendResult;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HttpOutcomeTest {

    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

    private final HttpOutcome outcome = new HttpOutcome("http://host:80", Clock.fixed(NOW, ZoneOffset.UTC));

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 204, 299})
    void takesSuccessAsDelivered(int status) {
        assertThat(of(status)).isEqualTo(SendResult.delivered());
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 425, 429, 500, 501, 502, 503, 504, 507, 599})
    void retriesWhatMayWorkLater(int status) {
        assertThat(of(status)).isEqualTo(new SendResult.Retry(status + " Reason: body", null));
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 301, 302, 303, 304, 307, 308, 401, 402, 403, 404, 405, 407, 410, 411, 414, 415, 421, 431})
    void blamesTheConfigurationForWhatAnyBatchWouldMeet(int status) {
        assertThat(of(status)).isEqualTo(new SendResult.Misconfigured(status + " Reason: body"));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 409, 412, 413, 418, 422, 499})
    void rejectsWhatTheServerWillNeverTake(int status) {
        assertThat(of(status)).isEqualTo(new SendResult.Rejected(status + " Reason: body"));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    7,                                 7
                    0,                                 0
                    ' 12 ',                            12
                    600,                               600
                    601,                               600
                    999999999999999999999999,          600
                    'Sat, 31 Jan 2026 12:00:30 GMT',   30
                    'Sat, 31 Jan 2026 11:00:00 GMT',   0
                    'Sun, 31 Jan 2027 12:00:00 GMT',   600
                    """)
    void readsRetryAfterInSecondsOrAsDate(String header, long seconds) {
        assertThat(of(503, header)).isEqualTo(new SendResult.Retry("503 Reason: body", Duration.ofSeconds(seconds)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-5", "soon", "1.5"})
    void ignoresARetryAfterThatMakesNoSense(String header) {
        assertThat(of(503, header)).isEqualTo(SendResult.retry("503 Reason: body"));
    }

    @ParameterizedTest
    @MethodSource
    void retriesWhenTheNetworkFails(IOException failure, String reason) {
        assertThat(outcome.of(failure)).isEqualTo(SendResult.retry(reason));
    }

    static Stream<Arguments> retriesWhenTheNetworkFails() {
        IOException dying = new SSLHandshakeException("Remote host terminated the handshake");
        dying.initCause(new EOFException("SSL peer shut down incorrectly"));
        ConnectException refused = new ConnectException("Failed to connect to host/1.2.3.4:80");
        refused.initCause(new ConnectException("Connection refused"));
        return Stream.of(
                Arguments.of(new UnknownHostException("host"), "the host of http://host:80 is unknown"),
                Arguments.of(refused, "cannot connect to http://host:80: Connection refused"),
                Arguments.of(
                        new NoRouteToHostException("No route to host"),
                        "cannot connect to http://host:80: No route to host"),
                Arguments.of(
                        new SocketTimeoutException("Connect timed out"),
                        "cannot connect to http://host:80 within connect_timeout_ms"),
                Arguments.of(
                        new InterruptedIOException("timeout"),
                        "no answer from http://host:80 within request_timeout_ms"),
                Arguments.of(
                        new SocketException("Connection reset"),
                        "the connection to http://host:80 broke: Connection reset"),
                Arguments.of(new IOException(), "the connection to http://host:80 broke: IOException"),
                Arguments.of(dying, "no secure connection to http://host:80: SSL peer shut down incorrectly"));
    }

    @ParameterizedTest
    @MethodSource
    void blamesTheConfigurationForTlsAndForOtherProtocols(IOException failure) {
        assertThat(outcome.of(failure)).isInstanceOf(SendResult.Misconfigured.class);
    }

    static Stream<IOException> blamesTheConfigurationForTlsAndForOtherProtocols() {
        IOException untrusted = new SSLHandshakeException("PKIX path building failed");
        untrusted.initCause(new CertificateException("no trust"));
        return Stream.of(
                untrusted,
                new SSLPeerUnverifiedException("Hostname not verified"),
                new SSLException("Unsupported or unrecognized SSL message"),
                new ProtocolException("Unexpected status line: SSH-2.0"));
    }

    private SendResult of(int status) {
        return of(status, null);
    }

    private SendResult of(int status, @Nullable String retryAfter) {
        Response.Builder response = new Response.Builder()
                .request(new Request.Builder().url("http://host/").build())
                .protocol(Protocol.HTTP_1_1)
                .code(status)
                .message("Reason");
        if (retryAfter != null) {
            response.header("Retry-After", retryAfter);
        }
        return outcome.of(response.build(), "body");
    }
}
