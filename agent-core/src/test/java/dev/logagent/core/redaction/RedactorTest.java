package dev.logagent.core.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logagent.api.LineRun;
import dev.logagent.core.config.RedactionConfig.Preset;
import dev.logagent.core.events.AgentCounters;
import dev.logagent.core.runtime.MemoryBudget;
import dev.logagent.core.testing.Runs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RedactorTest {

    private final MemoryBudget budget = new MemoryBudget(10_000);
    private final AgentCounters counters = new AgentCounters();
    private final List<LineRun> passed = new ArrayList<>();
    private final Redactor redactor = new Redactor(
            List.of(
                    Rules.preset(Preset.EMAIL, "<mail>"),
                    Rules.preset(Preset.SECRETS, "***"),
                    Rules.pattern("<(mail)>", "[$1]")),
            budget,
            counters,
            passed::add);

    @Test
    void passesARunOnAsItIsWhenThereIsNothingToTakeOut() {
        LineRun run = Runs.at("s", 0, "one", "two");

        assertThat(redactor.test(run)).isTrue();

        assertThat(passed).containsExactly(run);
        assertThat(counters.status(0, 0, 0).redactions()).isEmpty();
    }

    @Test
    void appliesEachRuleToWhatTheOneBeforeHasLeft() {
        redactor.test(Runs.at("s", 0, "a@b.de password=x", "<mail>", "nothing"));

        assertThat(Runs.texts(Runs.batch(1, passed.get(0))))
                .containsExactly("[mail] password=***", "[mail]", "nothing");
    }

    @Test
    void keepsPlacesInTheFileAndSharesTheBlockWithLinesThatStay() {
        LineRun run = Runs.at("s", 100, "first", "to a@b.de, c@d.de", "last");

        redactor.test(run);

        LineRun redacted = passed.get(0);
        assertThat(redacted.startOffset()).isEqualTo(100);
        assertThat(redacted.offset(2)).isEqualTo(run.offset(2));
        assertThat(redacted.endOffset()).isEqualTo(run.endOffset());
        assertThat(Runs.batch(1, redacted).id()).isEqualTo(Runs.batch(1, run).id());
        assertThat(redacted.bytes(0)).isSameAs(run.bytes(0)).isSameAs(redacted.bytes(2));
    }

    @Test
    void chargesTheBudgetForWhatItWritesAnew() {
        LineRun run = Runs.at("s", 0, "first", "to a@b.de", "last");
        assertThat(budget.acquire(MemoryBudget.cost(run), Duration.ZERO)).isTrue();

        redactor.test(run);
        assertThat(budget.used()).isEqualTo(MemoryBudget.cost(passed.get(0)));
        budget.release(MemoryBudget.cost(passed.get(0)));

        assertThat(budget.used()).isZero();
    }

    @Test
    void countsMatchesByRule() {
        redactor.test(Runs.at("s", 0, "a@b.de, c@d.de", "token=1"));
        redactor.test(Runs.at("s", 100, "nothing", "a@b.de"));

        assertThat(counters.status(0, 0, 0).redactions()).isEqualTo(Map.of("email", 3L, "secrets", 1L, "own", 3L));
    }

    @Test
    void saysWhenTheAgentStops() {
        Redactor stopping = new Redactor(List.of(Rules.preset(Preset.EMAIL, "")), budget, counters, run -> false);

        assertThat(stopping.test(Runs.at("s", 0, "a@b.de"))).isFalse();
        assertThat(stopping.test(Runs.at("s", 0, "nothing"))).isFalse();
    }
}
