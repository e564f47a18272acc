package dev.logagent.dist.commands;

import dev.logagent.core.config.OutputConfig;
import dev.logagent.core.transport.FailoverTransport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs which end point of an output is used from now on. */
final class LoggedChanges implements FailoverTransport.Changes {

    private final Logger log;

    /** @param output the output's name; the default one is not named in the log */
    LoggedChanges(String output) {
        log = LoggerFactory.getLogger("destination" + (output.equals(OutputConfig.DEFAULT_NAME) ? "" : "/" + output));
    }

    @Override
    public void movedOn(String from, String to, String reason) {
        log.warn("sending to {} from now on, because {} fails: {}", to, from, reason);
    }

    @Override
    public void returned(String to) {
        log.info("sending to {} again", to);
    }
}
