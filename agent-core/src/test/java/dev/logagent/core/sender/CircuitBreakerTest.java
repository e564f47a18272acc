package dev.logagent.core.sender;

import static org.assertj.core.api.Assertions.assertThat;

import dev.logagent.core.sender.CircuitBreaker.Blame;
import org.junit.jupiter.api.Test;

final class CircuitBreakerTest {

    private final CircuitBreaker breaker = new CircuitBreaker();

    @Test
    void letsEverythingPassAtFirst() {
        assertThat(breaker.mayPass(0)).isTrue();
        assertThat(breaker.passed()).as("nothing to find out").isFalse();
        assertThat(breaker.nanosToWait(0)).isZero();
        assertThat(breaker.nanosAway(0)).isZero();
    }

    @Test
    void asksForASecondOpinionAtOnceAfterTheFirstFailure() {
        assertThat(breaker.failed(0, false, false, 10)).isEqualTo(Blame.UNKNOWN);

        assertThat(breaker.mayPass(10)).isTrue();
        assertThat(breaker.passed()).isTrue();
        assertThat(breaker.mayPass(11)).as("one at a time").isFalse();
    }

    @Test
    void opensWhenTheSecondOpinionIsTheSame() {
        breaker.failed(0, false, false, 10);
        breaker.passed();

        assertThat(breaker.failed(11, true, false, 20)).isEqualTo(Blame.DESTINATION);
        breaker.probeNotBefore(100);

        assertThat(breaker.nanosAway(30)).as("since the first failure").isEqualTo(20);
        assertThat(breaker.mayPass(99)).isFalse();
        assertThat(breaker.nanosToWait(40)).isEqualTo(60);
        assertThat(breaker.mayPass(100)).isTrue();
    }

    @Test
    void blamesTheBatchWhenOthersArriveMeanwhile() {
        breaker.answered(5);

        assertThat(breaker.failed(3, false, false, 10)).isEqualTo(Blame.BATCH);
        assertThat(breaker.isClosed()).isTrue();
        assertThat(breaker.failed(6, false, false, 10)).isEqualTo(Blame.UNKNOWN);
    }

    @Test
    void closesWithAnyAnswer() {
        breaker.failed(0, false, false, 1);
        breaker.passed();
        breaker.failed(2, true, false, 3);
        breaker.probeNotBefore(100);

        assertThat(breaker.answered(50)).isTrue();

        assertThat(breaker.mayPass(50)).isTrue();
        assertThat(breaker.failures()).isZero();
        assertThat(breaker.answered(51)).as("no news").isFalse();
    }

    @Test
    void countsOnlyAttemptsThatWereToFindOut() {
        breaker.failed(0, false, false, 1);
        breaker.failed(0, false, false, 2);
        int opened = breaker.failures();

        breaker.failed(0, false, false, 3);
        breaker.failed(0, false, false, 4);
        assertThat(breaker.failures()).as("all of one moment").isEqualTo(opened);

        breaker.passed();
        breaker.failed(5, true, false, 6);
        assertThat(breaker.failures()).isEqualTo(opened + 1);
    }

    @Test
    void believesADestinationThatAsksToBeLeftAlone() {
        assertThat(breaker.failed(0, false, true, 10)).isEqualTo(Blame.DESTINATION);
        breaker.probeNotBefore(500);

        assertThat(breaker.mayPass(499)).isFalse();
        breaker.probeNow(20);
        assertThat(breaker.mayPass(20)).isTrue();
    }
}
