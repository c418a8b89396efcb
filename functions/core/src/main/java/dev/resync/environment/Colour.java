package dev.resync.environment;

import java.util.Locale;

/** Colour that stands for an environment. */
public enum Colour {
    RED,
    ORANGE,
    YELLOW,
    GREEN,
    BLUE,
    PURPLE,
    GREY;

    /** Returns the colour as profiles name it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
