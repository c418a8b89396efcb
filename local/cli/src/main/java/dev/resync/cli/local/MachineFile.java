package dev.resync.cli.local;

import dev.resync.engine.DefinitionSubstitution;
import dev.resync.engine.StateMachine;
import dev.resync.stage.Stages;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** The state machines as they are deployed, from the files that Terraform renders. */
public final class MachineFile {

    private MachineFile() {}

    /**
     * Loads one.
     *
     * @param file its name without ending, {@code resync} or {@code restore}
     * @param arn that it has here
     * @param functions what the ARNs of functions begin with, before their names
     */
    public static StateMachine load(String file, String arn, String functions) {
        String text = resource("/statemachine/" + file + ".asl.json");
        Map<String, String> arns = new TreeMap<>();
        for (String function : Stages.FUNCTIONS) {
            String place = function.replace('-', '_') + "_arn";
            if (text.contains("${" + place + "}")) {
                arns.put(place, functions + function);
            }
        }
        String name = arn.substring(arn.lastIndexOf(':') + 1);
        return StateMachine.load(name, arn, DefinitionSubstitution.substitute(text, arns));
    }

    private static String resource(String path) {
        try (InputStream stream = MachineFile.class.getResourceAsStream(path)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
