package dev.resync.cli.banner;

import dev.resync.environment.Colour;
import dev.resync.environment.Environment;
import dev.resync.environment.EnvironmentKind;
import java.util.ArrayList;
import java.util.List;

/**
 * Says in which environment a command works, so that it cannot be overlooked: the kind in words and by a pattern of its own, the
 * name, and the colour in words as well as in colour.
 */
public final class Banner {

    private static final int WIDTH = 72;
    private static final String RESET = "\u001b[0m";

    private Banner() {}

    /** Returns the lines without colour. */
    public static List<String> of(Environment environment) {
        String edge = pattern(environment.kind()).repeat(WIDTH);
        String side = pattern(environment.kind()).repeat(2);
        List<String> lines = new ArrayList<>();
        lines.add(edge);
        lines.add(boxed(side, environment.kind().shown() + "   environment " + environment.name()));
        lines.add(boxed(side, "colour " + environment.colour().label() + "   " + advice(environment.kind())));
        lines.add(edge);
        return lines;
    }

    /** Returns the lines as a terminal shows them in the environment's colour. */
    public static List<String> coloured(Environment environment) {
        return of(environment).stream()
                .map(line -> background(environment.colour()) + line + RESET)
                .toList();
    }

    private static String boxed(String side, String text) {
        return side + String.format(" %-" + (WIDTH - 6) + "s ", text) + side;
    }

    private static String advice(EnvironmentKind kind) {
        return switch (kind) {
            case PRODUCTION -> "people work with what is live here";
            case PRE_PRODUCTION -> "looks like production and is not";
            case TEST -> "for tests";
            case LOCAL -> "a database of your own";
        };
    }

    /** For those who see no colour. */
    private static String pattern(EnvironmentKind kind) {
        return switch (kind) {
            case PRODUCTION -> "#";
            case PRE_PRODUCTION -> "=";
            case TEST -> "-";
            case LOCAL -> ".";
        };
    }

    /** Bold white or black on the colour: ECMA-48 select graphic rendition, with the 256-colour palette of xterm. */
    private static String background(Colour colour) {
        return switch (colour) {
            case RED -> "\u001b[1;97;48;5;160m";
            case ORANGE -> "\u001b[1;30;48;5;208m";
            case YELLOW -> "\u001b[1;30;48;5;226m";
            case GREEN -> "\u001b[1;30;48;5;40m";
            case BLUE -> "\u001b[1;97;48;5;21m";
            case PURPLE -> "\u001b[1;97;48;5;90m";
            case GREY -> "\u001b[1;30;48;5;250m";
        };
    }
}
