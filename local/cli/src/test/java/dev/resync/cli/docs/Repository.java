package dev.resync.cli.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The files of this repository, as documents speak of them. */
final class Repository {

    private static final Path ROOT = Path.of("..", "..");
    private static final Pattern TEST = Pattern.compile("@(?:Test|ParameterizedTest|RepeatedTest|Property)\\b");
    private static final Pattern METHOD_END = Pattern.compile("\\n {4,8}\\}\\n");

    private Repository() {}

    /** Returns the lines of a document, by its path from the root. */
    static List<String> lines(String path) throws IOException {
        return Files.readAllLines(ROOT.resolve(path));
    }

    /** Returns whether there is such a file or folder. */
    static boolean has(String path) {
        return Files.exists(ROOT.resolve(path));
    }

    /** Returns whether some test class of this simple name has a test of this name; several modules may have a class each. */
    static boolean hasTest(String simpleName, String method) throws IOException {
        return testSources(simpleName).stream().anyMatch(source -> isTest(source, method));
    }

    /** Whether a method has an annotation of a test between itself and the end of the method before it. */
    private static boolean isTest(String source, String method) {
        int at = source.indexOf("void " + method + "(");
        if (at < 0) {
            return false;
        }
        String before = source.substring(0, at);
        int begin = METHOD_END
                .matcher(before)
                .results()
                .mapToInt(end -> end.end())
                .max()
                .orElse(0);
        return TEST.matcher(before.substring(begin)).find();
    }

    private static List<String> testSources(String simpleName) throws IOException {
        List<String> sources = new ArrayList<>();
        for (Path folder : testFolders()) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.filter(path -> path.endsWith(simpleName + ".java"))
                        .toList()) {
                    sources.add(Files.readString(file));
                }
            }
        }
        return sources;
    }

    private static List<Path> testFolders() throws IOException {
        List<Path> folders = new ArrayList<>();
        for (String group : List.of("functions", "local")) {
            try (Stream<Path> modules = Files.list(ROOT.resolve(group))) {
                modules.map(module -> module.resolve("src").resolve("test"))
                        .filter(Files::isDirectory)
                        .forEach(folders::add);
            }
        }
        return folders;
    }
}
