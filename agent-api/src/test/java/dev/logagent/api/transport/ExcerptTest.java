package dev.logagent.api.transport;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ExcerptTest {

    @Test
    void keepsWhatDestinationsSayInOneHarmlessLine() {
        assertThat(Excerpt.of("  <h1>\n\tNo\u001b[31m  way\u0000\u202e!</h1>\r\n"))
                .isEqualTo("<h1> No [31m way !</h1>");
        assertThat(Excerpt.of("x".repeat(1_000))).hasSize(200);
        assertThat(Excerpt.of(" \n ")).isEmpty();
    }
}
