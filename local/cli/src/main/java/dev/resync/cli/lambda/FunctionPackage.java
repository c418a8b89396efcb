package dev.resync.cli.lambda;

import dev.resync.cli.local.JavaCommand;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * What is deployed, and how Lambda starts it.
 *
 * @param command starts a process of it, whichever function that is to serve
 */
public record FunctionPackage(List<String> command) {

    private static final String CLIENT = "com.amazonaws.services.lambda.runtime.api.client.";
    private static final String HANDLER = "io.quarkus.amazon.lambda.runtime.QuarkusStreamHandler::handleRequest";
    private static final String LIBRARY = "libaws-lambda-jni.linux-%s.so";
    /** Starts faster, and the machine has other things to do. */
    private static final List<String> OPTIONS = List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    /**
     * Returns the package of the managed Java runtime, under the client that Lambda puts beside it.
     *
     * @param zip {@code function.zip} of the JVM
     * @param client folder with the jars of the runtime client
     * @param scratch folder to unpack to; whatever it holds, such as {@code plans}, is found before the package's own
     */
    public static FunctionPackage managed(Path zip, Path client, Path scratch) {
        Path unpacked = scratch.resolve("function");
        unpack(zip, unpacked);
        String classPath = String.join(
                File.pathSeparator, scratch.toString(), unpacked.toString(), unpacked + "/lib/*", client + "/*");
        List<String> options = new ArrayList<>(OPTIONS);
        // Left to itself, each process unpacks it to one and the same file, and one that loads what another writes
        // dies.
        options.add("-D" + CLIENT + "runtimeapi.NativeClient.JNI=" + library(client, scratch));
        List<String> command = JavaCommand.of(CLIENT + "AWSLambda", classPath, options.toArray(String[]::new));
        command.add(HANDLER);
        return new FunctionPackage(List.copyOf(command));
    }

    /**
     * Returns the program that a native image is made of, on a Java virtual machine: like the image, it asks for its events
     * itself.
     *
     * @param runner jar that a native build leaves in {@code *-native-image-source-jar}
     * @param scratch folder; whatever it holds, such as {@code plans}, is found before the program's own
     */
    public static FunctionPackage polling(Path runner, Path scratch) {
        try (JarFile jar = new JarFile(runner.toFile())) {
            String mainClass = jar.getManifest().getMainAttributes().getValue("Main-Class");
            return new FunctionPackage(List.copyOf(
                    JavaCommand.of(mainClass, scratch + File.pathSeparator + runner, OPTIONS.toArray(String[]::new))));
        } catch (IOException e) {
            throw new UncheckedIOException("the program of the native image cannot be read", e);
        }
    }

    private static Path library(Path client, Path scratch) {
        String name = LIBRARY.formatted(System.getProperty("os.arch").equals("aarch64") ? "aarch_64" : "x86_64");
        Path library = scratch.resolve(name);
        try (Stream<Path> jars = Files.list(client)) {
            for (Path jar :
                    jars.filter(file -> file.toString().endsWith(".jar")).toList()) {
                try (JarFile opened = new JarFile(jar.toFile())) {
                    ZipEntry entry = opened.getEntry("jni/" + name);
                    if (entry != null) {
                        try (InputStream content = opened.getInputStream(entry)) {
                            Files.copy(content, library);
                            return library;
                        }
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the runtime client cannot be unpacked", e);
        }
        throw new IllegalStateException("no jar in " + client + " holds jni/" + name);
    }

    private static void unpack(Path zip, Path to) {
        try (InputStream file = Files.newInputStream(zip);
                ZipInputStream entries = new ZipInputStream(file)) {
            for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                Path path = to.resolve(entry.getName()).normalize();
                if (!path.startsWith(to)) {
                    throw new IOException(zip + " holds " + entry.getName() + ", which leads out of its folder");
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(path);
                } else {
                    Files.createDirectories(path.getParent());
                    Files.copy(entries, path);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the functions' package cannot be unpacked", e);
        }
    }
}
