package dev.logagent.dist.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AccessTest {

    private static final String TOKEN = "a-token-of-some-length";

    private final Access open = new Access("127.0.0.1", Set.of("logs.example"), null);
    private final Access guarded = new Access("0.0.0.0", Set.of(), TOKEN);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LOCALHOST:8000",
                "127.0.0.1:8000",
                "127.0.0.1",
                "[::1]:8000",
                "192.168.1.7:80",
                "logs.example:443"
            })
    void isKnownByItsOwnNamesAndAddresses(String host) {
        assertThat(open.isKnownHost(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:8000",
                "localhost.evil.example",
                "127.0.0.1.evil.example:8000",
                "",
                ":8000",
                "1e100.example",
                "logs.example.evil"
            })
    void isNotKnownByNamesThatAnyoneCanPointHere(String host) {
        assertThat(open.isKnownHost(host)).isFalse();
    }

    @Test
    void withATokenAnyNameWillDo() {
        assertThat(guarded.isKnownHost("logs.example")).isTrue();
        assertThat(guarded.isKnownHost(null)).isFalse();
        assertThat(new Access("0.0.0.0", Set.of("a"), TOKEN).isKnownHost("b")).isFalse();
    }

    @Test
    void onlyItsOwnPagesMayAsk() {
        assertThat(Access.isOwnOrigin(null, "localhost:8000")).isTrue();
        assertThat(Access.isOwnOrigin("http://localhost:8000", "localhost:8000"))
                .isTrue();
        assertThat(Access.isOwnOrigin("http://localhost:9000", "localhost:8000"))
                .isFalse();
        assertThat(Access.isOwnOrigin("https://evil.example", "localhost:8000")).isFalse();
        assertThat(Access.isOwnOrigin("null", "localhost:8000")).isFalse();
    }

    @Test
    void letsInWhoKnowsTheToken() {
        assertThat(guarded.isAllowed("Bearer " + TOKEN, null)).isTrue();
        assertThat(guarded.isAllowed("bearer  " + TOKEN + " ", null)).isTrue();
        assertThat(guarded.isAllowed(null, guarded.session())).isTrue();
        assertThat(open.isAllowed(null, null)).isTrue();
    }

    @Test
    void letsInNobodyElse() {
        assertThat(guarded.isAllowed(null, null)).isFalse();
        assertThat(guarded.isAllowed("Bearer ", null)).isFalse();
        assertThat(guarded.isAllowed("Bearer " + TOKEN + "x", null)).isFalse();
        assertThat(guarded.isAllowed("Basic " + TOKEN, null)).isFalse();
        assertThat(guarded.isAllowed(null, "")).isFalse();
        assertThat(guarded.isAllowed(null, TOKEN)).isFalse();
        assertThat(guarded.isAllowed("Bearer wrong", guarded.session())).isFalse();
        assertThat(new Access("0.0.0.0", Set.of(), "another-token-of-it").isAllowed(null, guarded.session()))
                .isFalse();
    }
}
