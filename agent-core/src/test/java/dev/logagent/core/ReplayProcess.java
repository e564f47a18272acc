package dev.logagent.core;

import dev.logagent.api.transport.SendResult;
import dev.logagent.core.deadletter.DeadLetterFolder;
import dev.logagent.core.deadletter.DeadLetterReplay;
import dev.logagent.core.testing.ScriptedTransport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/**
 * A replay of the dead letters in the state folder {@code args[0]} that delivers everything but lines that begin with {@code
 * worse}, notes what it has delivered in {@code args[1]}, and crashes as {@link AgentProcess} does at {@code args[2]}.
 */
final class ReplayProcess {

    private ReplayProcess() {}

    public static void main(String[] args) throws Exception {
        ScriptedTransport transport = new ScriptedTransport();
        transport.usually(batch -> {
            if (batch.events().stream().anyMatch(event -> event.text().startsWith("worse"))) {
                return new SendResult.Rejected("worse");
            }
            StringBuilder lines = new StringBuilder(Files.readString(Path.of(args[1])));
            batch.events().forEach(event -> lines.append(event.text()).append('\n'));
            Files.writeString(Path.of(args[1]), lines);
            return SendResult.delivered();
        });
        new DeadLetterReplay(
                        DeadLetterFolder.in(Path.of(args[0])),
                        "test",
                        transport,
                        UnaryOperator.identity(),
                        source -> true,
                        letter -> true,
                        AgentProcess.crashAt(args[2], 1))
                .run();
    }
}
