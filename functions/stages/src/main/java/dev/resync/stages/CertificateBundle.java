package dev.resync.stages;

import dev.resync.error.EnvironmentInvalid;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Certificate authorities in a PEM file, such as the bundle that Amazon gives out for DocumentDB. */
final class CertificateBundle {

    private CertificateBundle() {}

    /**
     * Returns a context that trusts these authorities and no others.
     *
     * @param file PEM file with one certificate or more
     * @throws EnvironmentInvalid where it cannot be read or holds none
     */
    static SSLContext trusting(Path file) {
        try (InputStream pem = Files.newInputStream(file)) {
            Collection<? extends Certificate> certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(pem);
            if (certificates.isEmpty()) {
                throw invalid(file, "holds no certificate");
            }
            KeyStore authorities = KeyStore.getInstance(KeyStore.getDefaultType());
            authorities.load(null, null);
            int number = 0;
            for (Certificate certificate : certificates) {
                authorities.setCertificateEntry("authority-" + number++, certificate);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(authorities);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw invalid(file, "cannot be read: " + e.getMessage());
        }
    }

    private static EnvironmentInvalid invalid(Path file, String what) {
        return new EnvironmentInvalid("This deployment's RESYNC_CA_BUNDLE names " + file + ", which " + what
                + ". Expected a PEM file with the certificates of the database's authorities, such as one in a layer.");
    }
}
