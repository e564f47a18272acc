package dev.logagent.dist.check;

import dev.logagent.core.config.InputConfig;
import dev.logagent.core.config.InputConfig.Journald;
import dev.logagent.core.config.InputConfig.Kmsg;
import dev.logagent.core.config.InputConfig.Syslog;
import dev.logagent.core.journald.JournalCheck;
import dev.logagent.core.kmsg.KmsgFeed;
import dev.logagent.core.syslog.Ports;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Tries a source that is no set of files. */
final class InputCheck {

    private InputCheck() {}

    static Finding run(String what, InputConfig input) {
        String fault = fault(input);
        return fault == null
                ? Finding.ok(what, input.shown() + (input instanceof Syslog ? ": the port is free" : ": readable"))
                : Finding.fail(what, "cannot read " + input.shown() + ": " + fault);
    }

    private static @Nullable String fault(InputConfig input) {
        if (input instanceof Journald journald) {
            return JournalCheck.faultOf(journald);
        }
        if (input instanceof Syslog syslog) {
            return Ports.faultOf(syslog);
        }
        if (input instanceof Kmsg kmsg) {
            try (FileChannel channel = FileChannel.open(kmsg.device(), StandardOpenOption.READ)) {
                return channel.isOpen() ? null : "it is closed";
            } catch (IOException e) {
                return KmsgFeed.reason(e);
            }
        }
        return null;
    }
}
