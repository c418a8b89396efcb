package dev.resync.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import dev.resync.error.EnvironmentInvalid;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A database whose certificate no authority known to Java has signed. */
class CertificateBundleTest {

    private static final String PASSWORD = "changeit";

    @TempDir
    Path folder;

    @Test
    void theDatabaseIsTrustedOnlyWithTheBundleOfItsAuthority() throws Exception {
        Path own = certificate("own");
        Path other = certificate("other");
        Path bundle = Files.writeString(folder.resolve("bundle.pem"), Files.readString(other) + Files.readString(own));
        MongoServer server = new MongoServer(new MemoryBackend());
        KeyStore keys = keys("own");
        server.enableSsl((PrivateKey) keys.getKey("own", PASSWORD.toCharArray()), null, (X509Certificate)
                keys.getCertificate("own"));
        String uri = "mongodb://localhost:" + server.bind().getPort() + "/?tls=true&serverSelectionTimeoutMS=500";
        try {
            assertThat(ping(Map.of("resync.mongo-uri", uri, "resync.ca-bundle", bundle.toString())))
                    .isEqualTo(1);
            for (Map<String, String> wrong : List.of(
                    Map.of("resync.mongo-uri", uri),
                    Map.of("resync.mongo-uri", uri, "resync.ca-bundle", other.toString()))) {
                assertThatThrownBy(() -> ping(wrong)).isInstanceOf(MongoException.class);
            }
        } finally {
            server.shutdownNow();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"there is none", "", "not a certificate"})
    void aBundleThatIsNoneIsNamed(String content) throws IOException {
        Path file = folder.resolve("bundle.pem");
        if (!content.startsWith("there")) {
            Files.writeString(file, content);
        }
        assertThatThrownBy(() -> CertificateBundle.trusting(file))
                .isInstanceOf(EnvironmentInvalid.class)
                .hasMessageContaining("RESYNC_CA_BUNDLE names " + file);
    }

    private static double ping(Map<String, String> properties) {
        Database database = new Database(Deployed.with(properties), null);
        try {
            MongoClient client = database.client();
            return client.getDatabase("admin")
                    .runCommand(new Document("ping", 1))
                    .getDouble("ok");
        } finally {
            database.close();
        }
    }

    private Path certificate(String name) throws Exception {
        Path pem = folder.resolve(name + ".pem");
        keytool(
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-keypass",
                PASSWORD);
        keytool("-exportcert", "-rfc", "-alias", name, "-file", pem.toString());
        return pem;
    }

    private KeyStore keys(String alias) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream file = Files.newInputStream(folder.resolve("keys.p12"))) {
            keys.load(file, PASSWORD.toCharArray());
        }
        assertThat(keys.containsAlias(alias)).isTrue();
        return keys;
    }

    private void keytool(String... arguments) throws Exception {
        List<String> command = Stream.concat(
                        Stream.of(Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString()),
                        Stream.concat(
                                Stream.of(arguments),
                                Stream.of(
                                        "-keystore",
                                        folder.resolve("keys.p12").toString(),
                                        "-storepass",
                                        PASSWORD,
                                        "-storetype",
                                        "PKCS12")))
                .toList();
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(said).isZero();
    }
}
