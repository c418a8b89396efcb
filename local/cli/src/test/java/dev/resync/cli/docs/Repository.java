package dev.resync.cli.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The files of this repository, as documents speak of them. */
final class Repository {

    private static final Path ROOT = Path.of("..", "..");

    private Repository() {}

    /** Returns the lines of a document, by its path from the root. */
    static List<String> lines(String path) throws IOException {
        return Files.readAllLines(ROOT.resolve(path));
    }

    /** Returns whether there is such a file or folder. */
    static boolean has(String path) {
        return Files.exists(ROOT.resolve(path));
    }

    /** Returns the sources of all test classes of a simple name; several modules may have one each. */
    static List<String> testSources(String simpleName) throws IOException {
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
