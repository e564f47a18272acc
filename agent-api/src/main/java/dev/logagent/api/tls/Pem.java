package dev.logagent.api.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads certificates and keys from PEM files (RFC 7468). The messages of its exceptions are for the user. */
public final class Pem {

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");

    private Pem() {}

    /** The certificates in a file, at least one. */
    public static List<X509Certificate> certificates(Path file) throws IOException {
        List<X509Certificate> certificates = new ArrayList<>();
        Matcher blocks = BLOCK.matcher(read(file));
        while (blocks.find()) {
            if (blocks.group(1).equals("CERTIFICATE")) {
                certificates.add(certificate(file, decode(file, blocks.group(2))));
            }
        }
        if (certificates.isEmpty()) {
            throw new IOException(file + " has no certificate in it (no line BEGIN CERTIFICATE)");
        }
        return certificates;
    }

    /** The private key in a file. */
    public static PrivateKey privateKey(Path file) throws IOException {
        Matcher blocks = BLOCK.matcher(read(file));
        while (blocks.find()) {
            String type = blocks.group(1);
            if (type.equals("PRIVATE KEY")) {
                return pkcs8(file, decode(file, blocks.group(2)));
            }
            if (type.endsWith("PRIVATE KEY")) {
                throw new IOException(file + " holds a key as '" + type + "'; convert it with: openssl pkcs8 -topk8"
                        + " -nocrypt -in " + file + " -out key.pem");
            }
        }
        throw new IOException(file + " has no private key in it (no line BEGIN PRIVATE KEY)");
    }

    private static String read(Path file) throws IOException {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            throw new IOException("there is no file " + file, e);
        } catch (IOException e) {
            throw new IOException("cannot read " + file + " (" + e.getClass().getSimpleName() + ")", e);
        }
    }

    private static byte[] decode(Path file, String base64) throws IOException {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " is damaged: not Base64", e);
        }
    }

    private static X509Certificate certificate(Path file, byte[] der) throws IOException {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException e) {
            throw new IOException(file + " is damaged: not an X.509 certificate", e);
        }
    }

    /** PKCS#8 names the key's algorithm, but the JDK wants it named first. */
    private static PrivateKey pkcs8(Path file, byte[] der) throws IOException {
        for (String algorithm : List.of("RSA", "EC", "EdDSA")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
            } catch (GeneralSecurityException e) {
                // Of another algorithm, or damaged: the loop's end tells.
            }
        }
        throw new IOException(file + " is damaged, or its key is neither RSA nor EC nor EdDSA");
    }
}
