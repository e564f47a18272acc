package dev.logagent.testkit;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.Extension;

/**
 * Lets every {@code await()} wait for a minute, unless it says otherwise: on a busy machine ten seconds, Awaitility's own
 * default, are soon over. JUnit finds it by itself.
 */
public final class PatientWaits implements Extension {

    /** Made by JUnit, once for all tests of a process. */
    public PatientWaits() {
        Awaitility.setDefaultTimeout(Duration.ofMinutes(1));
    }
}
