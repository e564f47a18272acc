package dev.logagent.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;

/**
 * A certificate with its private key.
 *
 * @param key its encoding is PKCS#8
 */
public record TestIdentity(PrivateKey key, X509Certificate certificate) {

    /** Writes the certificate as PEM, and gives the file back. */
    public Path writeCertificate(Path file) throws IOException {
        try {
            return writePem(file, "CERTIFICATE", certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Writes the private key as PEM, and gives the file back. */
    public Path writeKey(Path file) throws IOException {
        return writePem(file, "PRIVATE KEY", key.getEncoded());
    }

    private static Path writePem(Path file, String type, byte[] content) throws IOException {
        String base64 = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(content);
        return Files.writeString(file, "-----BEGIN " + type + "-----\n" + base64 + "\n-----END " + type + "-----\n");
    }
}
