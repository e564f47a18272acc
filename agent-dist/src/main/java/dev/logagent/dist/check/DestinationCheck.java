package dev.logagent.dist.check;

import dev.logagent.api.transport.Transport;
import dev.logagent.core.config.OutputConfig;
import dev.logagent.core.transport.FailoverTransport.EndPoint;
import dev.logagent.dist.check.Finding.Verdict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tries the destinations. */
public final class DestinationCheck {

    private DestinationCheck() {}

    /**
     * What the transports of an output say of its end points. One that fails is only a warning if another one does not.
     *
     * @param output the name of the output
     * @param event is sent to each that can be reached; null to send none
     */
    public static List<Finding> run(String output, List<EndPoint> endPoints, @Nullable TestEvent event)
            throws InterruptedException {
        String prefix = output.equals(OutputConfig.DEFAULT_NAME) ? "" : "output '" + output + "' ";
        List<Finding> findings = new ArrayList<>();
        for (EndPoint endPoint : endPoints) {
            findings.add(run(prefix + "destination " + endPoint.shown(), endPoint.transport(), event));
        }
        boolean reached = findings.stream().anyMatch(finding -> finding.verdict() == Verdict.OK);
        return findings.stream()
                .map(finding -> reached && finding.verdict() == Verdict.FAIL
                        ? Finding.warn(finding.what(), finding.sentence())
                        : finding)
                .toList();
    }

    private static Finding run(String what, Transport transport, @Nullable TestEvent event)
            throws InterruptedException {
        try {
            String reached = transport.check();
            return event == null ? Finding.ok(what, reached) : event.send(what, transport);
        } catch (IOException e) {
            String reason = e.getMessage() == null ? e.toString() : e.getMessage();
            return Finding.fail(what, reason + "; is it up, is end_point right, and may this host reach it?");
        } catch (RuntimeException | LinkageError e) {
            return Finding.fail(what, "the transport failed, please report it to its author: " + e);
        }
    }
}
