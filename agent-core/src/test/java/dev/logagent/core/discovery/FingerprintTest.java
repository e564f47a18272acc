package dev.logagent.core.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logagent.core.testing.Seeds;
import org.junit.jupiter.api.Test;

final class FingerprintTest {

    @Test
    void matchesEverythingThatBeginsWithItsBytesAndNothingElse() {
        Seeds.forEach(500, random -> {
            byte[] bytes = new byte[1 + random.nextInt(200)];
            random.nextBytes(bytes);
            int length = 1 + random.nextInt(bytes.length);
            Fingerprint fingerprint = Fingerprint.of(bytes, 0, length);

            assertThat(fingerprint.isPrefixOf(bytes, 0, bytes.length)).isTrue();
            assertThat(fingerprint.isPrefixOf(bytes, 0, length - 1)).isFalse();
            bytes[random.nextInt(length)]++;
            assertThat(fingerprint.isPrefixOf(bytes, 0, bytes.length)).isFalse();
        });
    }

    @Test
    void ofNothingMatchesEverything() {
        assertThat(Fingerprint.EMPTY.isPrefixOf(new byte[] {1, 2}, 0, 2)).isTrue();
        assertThat(Fingerprint.EMPTY.isPrefixOf(new byte[0], 0, 0)).isTrue();
    }
}
