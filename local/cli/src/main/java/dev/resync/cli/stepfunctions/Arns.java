package dev.resync.cli.stepfunctions;

import java.util.regex.Pattern;

/** ARNs in requests: what their form must be, before anybody looks whether there is such a thing. */
final class Arns {

    private static final int LONGEST = 256;
    private static final int LONGEST_MAP_RUN = 2_000;
    private static final String BEGINNING = "arn:aws[a-z-]*:states:[a-z0-9-]+:\\d{12}:";
    private static final Pattern MACHINE = Pattern.compile(BEGINNING + "stateMachine:[^:\\s]+(:[^:\\s]+)?");
    private static final Pattern EXECUTION = Pattern.compile(BEGINNING + "execution:[^:\\s]+:[^:\\s]+");
    private static final Pattern MAP_RUN = Pattern.compile(BEGINNING + "mapRun:[^:/\\s]+/[^:\\s]+:[^:\\s]+");

    private Arns() {}

    static String machine(Request request) {
        return required(request, "stateMachineArn", LONGEST, MACHINE);
    }

    static String execution(Request request) {
        return required(request, "executionArn", LONGEST, EXECUTION);
    }

    static String mapRun(Request request) {
        return required(request, "mapRunArn", LONGEST_MAP_RUN, MAP_RUN);
    }

    private static String required(Request request, String name, int longest, Pattern form) {
        String arn = request.text(name, longest);
        if (!form.matcher(arn).matches()) {
            throw new ApiError("InvalidArn", "Invalid Arn: '" + name + "' is '" + arn + "'");
        }
        return arn;
    }
}
