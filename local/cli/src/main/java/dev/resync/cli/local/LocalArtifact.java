package dev.resync.cli.local;

import dev.resync.engine.Engine;
import dev.resync.stage.Stages;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** This program by its content, so that a run does not go on with another one. */
final class LocalArtifact {

    private static final int BYTES = 8;

    private LocalArtifact() {}

    /** Returns the hash of the jars, 16 hexadecimal digits; {@code development} for unpacked classes. */
    static String hash() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Class<?> part : List.of(LocalPlatform.class, Engine.class, Stages.class)) {
                Path jar = Path.of(
                        part.getProtectionDomain().getCodeSource().getLocation().toURI());
                if (!Files.isRegularFile(jar)) {
                    return "development";
                }
                digest.update(Files.readAllBytes(jar));
            }
            return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
        } catch (IOException | NoSuchAlgorithmException | URISyntaxException e) {
            throw new IllegalStateException("this program cannot be read", e);
        }
    }
}
