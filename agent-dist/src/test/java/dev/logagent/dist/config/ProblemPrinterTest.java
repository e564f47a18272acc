package dev.logagent.dist.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ProblemPrinterTest {

    private static final Problem PROBLEM = new Problem(
            "log-agent.config",
            7,
            1,
            11,
            "unknown key 'retry_cuont' in [global]",
            "did you mean 'retry_count'?",
            new Problem.Excerpt("retry_cuont = 3", 1, 11));

    @Test
    void showsTheLineAndPointsAtThePlace() {
        assertThat(new ProblemPrinter(false).render(List.of(PROBLEM))).isEqualTo("""
                        log-agent.config:7:1: unknown key 'retry_cuont' in [global]
                           7 | retry_cuont = 3
                             | ^^^^^^^^^^^ did you mean 'retry_count'?
                        1 problem. Nothing was started.
                        """);
    }

    @Test
    void usesColourOnlyWhenAsked() {
        String coloured = new ProblemPrinter(true).render(List.of(PROBLEM));

        assertThat(coloured).contains("\u001b[1;31m^^^^^^^^^^^\u001b[0m");
        assertThat(coloured.replaceAll("\u001b\\[[0-9;]*m", ""))
                .isEqualTo(new ProblemPrinter(false).render(List.of(PROBLEM)));
    }

    @Test
    void pointsAtTheEndOfALineAndFarIntoALongOne() {
        Problem end = new Problem("f", 12345, 4, 1, "m", null, new Problem.Excerpt("abc", 4, 1));
        Problem far = new Problem(
                "f", 1, 501, 3, "m", null, new Problem.Excerpt("x".repeat(500) + "abc" + "y".repeat(500), 501, 3));

        String shown = new ProblemPrinter(false).render(List.of(end, far));

        assertThat(shown).contains("12345 | abc\n      |    ^\n");
        assertThat(shown)
                .contains("…" + "x".repeat(60) + "abc" + "y".repeat(97) + "…\n     | " + " ".repeat(61) + "^^^\n");
    }

    @Test
    void doesNotLetAFileDriveTheTerminal() {
        Problem evil =
                new Problem("f", 1, 1, 1, "m\u001b[2J", "h\u0007", new Problem.Excerpt("\u001b]0;x\u0007", 1, 1));

        assertThat(new ProblemPrinter(false).render(List.of(evil)))
                .doesNotContain("\u001b")
                .doesNotContain("\u0007");
    }
}
