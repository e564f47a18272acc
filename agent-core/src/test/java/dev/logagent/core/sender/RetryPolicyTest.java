package dev.logagent.core.sender;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class RetryPolicyTest {

    private final RetryPolicy policy = new RetryPolicy(Duration.ofMillis(100));

    /** A generator whose doubles are all the same. */
    private static RandomGenerator constant(double value) {
        return new RandomGenerator() {
            @Override
            public long nextLong() {
                return 0;
            }

            @Override
            public double nextDouble() {
                return value;
            }
        };
    }

    private long millis(int failures) {
        return policy.delay(failures, null, constant(0)).toMillis();
    }

    @Test
    void doublesWithEachFailureUpToThirtySeconds() {
        assertThat(new long[] {millis(1), millis(2), millis(3), millis(4), millis(9), millis(10)})
                .containsExactly(100, 200, 400, 800, 25_600, 30_000);
        assertThat(millis(1000)).isEqualTo(30_000);
        assertThat(millis(Integer.MAX_VALUE)).isEqualTo(30_000);
    }

    @Test
    void shortensByUpToAFifthAtRandom() {
        assertThat(policy.delay(3, null, constant(0.999_999)))
                .isBetween(Duration.ofMillis(320), Duration.ofMillis(321));
        Random random = new Random(1);
        for (int failures = 1; failures < 40; failures++) {
            assertThat(policy.delay(failures, null, random).toMillis())
                    .isBetween(millis(failures) * 8 / 10, millis(failures));
        }
    }

    @Test
    void obeysTheDestinationAndNeverComesBackEarlier() {
        assertThat(policy.delay(1, Duration.ofSeconds(7), constant(0))).isEqualTo(Duration.ofSeconds(7));
        assertThat(policy.delay(20, Duration.ofSeconds(1), constant(0.5))).isEqualTo(Duration.ofMillis(1100));
        assertThat(policy.delay(20, Duration.ZERO, constant(0.5))).isZero();
    }

    @Test
    void asksAgainAfterAnHourWhateverTheDestinationSays() {
        assertThat(policy.delay(1, Duration.ofDays(3650), constant(0))).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void waitsLongWhereOnlyTheOperatorCanHelp() {
        assertThat(policy.slowDelay(constant(0))).isEqualTo(RetryPolicy.MAX_DELAY);
        assertThat(new RetryPolicy(Duration.ZERO).slowDelay(constant(0))).isEqualTo(RetryPolicy.MAX_DELAY);
    }

    @Test
    void acceptsVeryLongAndVeryShortBaseDelays() {
        assertThat(new RetryPolicy(Duration.ofDays(1)).delay(5, null, constant(0)))
                .isEqualTo(RetryPolicy.MAX_DELAY);
        assertThat(new RetryPolicy(Duration.ofMillis(1)).delay(60, null, constant(0)))
                .isEqualTo(RetryPolicy.MAX_DELAY);
        assertThat(new RetryPolicy(Duration.ZERO).delay(5, null, constant(0))).isZero();
    }
}
