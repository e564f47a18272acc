package dev.logagent.testkit;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority made on the spot, which signs what a test needs. Nothing of it is worth keeping. */
public final class TestCertificates {

    private static final char[] PASSWORD = "test".toCharArray();

    private final TestIdentity authority;

    private TestCertificates(TestIdentity authority) {
        this.authority = authority;
    }

    /** A new authority. */
    public static TestCertificates create() {
        Instant now = Instant.now();
        KeyPair keys = newKeys();
        X500Name name = new X500Name("CN=Test CA");
        try {
            JcaX509v3CertificateBuilder builder = builder(name, name, keys, now.plus(1, ChronoUnit.DAYS));
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
            return new TestCertificates(new TestIdentity(keys.getPrivate(), sign(builder, keys)));
        } catch (CertIOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The authority itself: its certificate is what the other side should trust. */
    public TestIdentity authority() {
        return authority;
    }

    /** For a server that is reached under this DNS name, or IPv4 address. */
    public TestIdentity server(String host) {
        return signed("CN=server", host, Instant.now().plus(1, ChronoUnit.DAYS));
    }

    /** For a server whose certificate ended yesterday. */
    public TestIdentity expiredServer(String host) {
        return signed("CN=server", host, Instant.now().minus(1, ChronoUnit.DAYS));
    }

    /** For a client of that name. */
    public TestIdentity client(String commonName) {
        return signed("CN=" + commonName, "client.invalid", Instant.now().plus(1, ChronoUnit.DAYS));
    }

    /** What a server needs to show that identity, and to verify clients against this authority. */
    public SSLContext contextFor(TestIdentity identity) {
        try {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(null, null);
            keys.setKeyEntry(
                    "own", identity.key(), PASSWORD, new Certificate[] {identity.certificate(), authority.certificate()
                    });
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("ca", authority.certificate());
            KeyManagerFactory keyManagers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keyManagers.init(keys, PASSWORD);
            TrustManagerFactory trustManagers =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trustManagers.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keyManagers.getKeyManagers(), trustManagers.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private TestIdentity signed(String subject, String host, Instant end) {
        KeyPair keys = newKeys();
        X500Name issuer = X500Name.getInstance(
                authority.certificate().getSubjectX500Principal().getEncoded());
        boolean address = host.matches("[0-9.]+");
        try {
            JcaX509v3CertificateBuilder builder = builder(issuer, new X500Name(subject), keys, end);
            builder.addExtension(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, host)));
            return new TestIdentity(
                    keys.getPrivate(),
                    sign(builder, new KeyPair(authority.certificate().getPublicKey(), authority.key())));
        } catch (CertIOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JcaX509v3CertificateBuilder builder(X500Name issuer, X500Name subject, KeyPair keys, Instant end) {
        return new JcaX509v3CertificateBuilder(
                issuer,
                new BigInteger(64, new SecureRandom()),
                Date.from(end.minus(30, ChronoUnit.DAYS)),
                Date.from(end),
                subject,
                keys.getPublic());
    }

    private static X509Certificate sign(JcaX509v3CertificateBuilder builder, KeyPair issuer) {
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(issuer.getPrivate())));
        } catch (OperatorCreationException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
