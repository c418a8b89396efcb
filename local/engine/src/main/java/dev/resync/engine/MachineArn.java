package dev.resync.engine;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The ARN of a state machine and those derived from it. */
record MachineArn(String partition, String region, String account, String name) {
    private static final Pattern FORM =
            Pattern.compile("arn:(aws[a-z-]*):states:([a-z0-9-]+):(\\d{12}):stateMachine:([^:/\\s]+)");

    static MachineArn parse(String arn) {
        Matcher matcher = FORM.matcher(arn);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + arn + "' is not the ARN of a state machine, such as"
                    + " arn:aws:states:eu-central-1:000000000000:stateMachine:name");
        }
        return new MachineArn(matcher.group(1), matcher.group(2), matcher.group(3), matcher.group(4));
    }

    String text() {
        return of("stateMachine", name);
    }

    String labelled(String label) {
        return text() + "/" + label;
    }

    String execution(String executionName) {
        return of("execution", name + ":" + executionName);
    }

    String child(String label, String childName) {
        return of("execution", name + "/" + label + ":" + childName);
    }

    String mapRun(String label, String id) {
        return of("mapRun", name + "/" + label + ":" + id);
    }

    private String of(String kind, String rest) {
        return "arn:" + partition + ":states:" + region + ":" + account + ":" + kind + ":" + rest;
    }
}
