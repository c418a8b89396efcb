package dev.resync.cli.local;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How a Java program is started as a process of its own, with the Java of this one. */
public final class JavaCommand {

    private JavaCommand() {}

    /**
     * Returns the command of another process of this program.
     *
     * @param mainClass what it runs
     * @param options of the virtual machine
     * @return may be added to
     */
    public static List<String> of(Class<?> mainClass, String... options) {
        return of(mainClass.getName(), System.getProperty("java.class.path"), options);
    }

    /**
     * Returns the command of any program.
     *
     * @param mainClass what it runs
     * @param classPath where its classes are
     * @param options of the virtual machine
     * @return may be added to
     */
    public static List<String> of(String mainClass, String classPath, String... options) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", classPath, mainClass));
        return command;
    }
}
