package dev.logagent.core.redaction;

import static dev.logagent.core.config.RedactionConfig.Preset.API_TOKEN;
import static dev.logagent.core.config.RedactionConfig.Preset.AWS_ACCESS_KEY;
import static dev.logagent.core.config.RedactionConfig.Preset.BEARER_TOKEN;
import static dev.logagent.core.config.RedactionConfig.Preset.CREDIT_CARD;
import static dev.logagent.core.config.RedactionConfig.Preset.EMAIL;
import static dev.logagent.core.config.RedactionConfig.Preset.IBAN;
import static dev.logagent.core.config.RedactionConfig.Preset.IPV4;
import static dev.logagent.core.config.RedactionConfig.Preset.IPV6;
import static dev.logagent.core.config.RedactionConfig.Preset.JWT;
import static dev.logagent.core.config.RedactionConfig.Preset.PRIVATE_KEY;
import static dev.logagent.core.config.RedactionConfig.Preset.SECRETS;
import static dev.logagent.core.config.RedactionConfig.Preset.URL_PASSWORD;
import static dev.logagent.core.config.RedactionConfig.Preset.US_SSN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.logagent.core.config.RedactionConfig.Preset;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What each preset finds, marked with {@code ‹…›}, and what it leaves alone. */
final class PresetsTest {

    private static final String TOKEN = "abcDEF0123456789abcDEF0123456789abcD";

    @ParameterizedTest
    @MethodSource({"people", "addresses", "numbers", "tokens", "secrets"})
    void takesOutWhatIsMarkedAndNothingElse(Preset preset, String marked) {
        String line = marked.replaceAll("[‹›]", "");

        assertThat(Rules.apply(Rules.preset(preset, "X"), line)).isEqualTo(marked.replaceAll("‹[^›]*›", "X"));
    }

    private static Stream<Arguments> people() {
        return Stream.of(
                arguments(EMAIL, "user=‹jane.doe+logs@mail.example.com› ok"),
                arguments(EMAIL, "<‹a@b.de›>, ‹c_d@e-f.org›."),
                arguments(EMAIL, "GET /?mail=‹jane%40example.com›&x=1"),
                arguments(EMAIL, "‹jörg@müller.de›: hello"),
                arguments(EMAIL, "to ‹x@example.co.uk›, cc ‹y@example.com›"),
                arguments(EMAIL, "root@localhost ran npm i lodash@4.17.21"),
                arguments(EMAIL, "@Override user @ example.com, a@, @b.de, 100%40"),
                arguments(EMAIL, "ssh root@10.0.0.1"),
                arguments(US_SSN, "ssn ‹123-45-6789›, ‹899-01-0001›"),
                arguments(US_SSN, "000-12-3456 666-12-3456 900-12-3456 123-00-4567 123-45-0000"),
                arguments(US_SSN, "1123-45-6789 123-45-67890 123-45-6789-1 2026-11-21 123-456-789"));
    }

    private static Stream<Arguments> addresses() {
        return Stream.of(
                arguments(IPV4, "‹192.168.0.1› - - \"GET /\" from ‹8.8.8.8›:53 to ‹10.0.0.0›/8, ‹255.255.255.255›."),
                arguments(IPV4, "ip=‹127.0.0.1›"),
                arguments(IPV4, "256.1.1.1 1.2.3 1.2.3.4.5 v1.2.3.4 1..2.3.4 1.2.3.4x 2026.11.21 0.5"),
                arguments(IPV6, "peer ‹2001:db8:0:1:2:3:4:5› [‹2001:db8::1›]:443 ‹::1› ‹fe80::1:2›."),
                arguments(IPV6, "from:‹2001:db8::7› ‹::ffff:192.0.2.1› ‹2001:db8::›"),
                arguments(IPV6, "10:30:00 00:1a:2b:3c:4d:5e std::vector Foo::Bar 1:2:3:4:5:6:7 :: 1::2::3 a: b :"));
    }

    private static Stream<Arguments> numbers() {
        return Stream.of(
                arguments(CREDIT_CARD, "paid with ‹4111111111111111›."),
                arguments(CREDIT_CARD, "‹4111 1111 1111 1111› 12/29, ‹5555-5555-5555-4444›"),
                arguments(CREDIT_CARD, "amex ‹378282246310005› or ‹3782 822463 10005›, ‹30569309025904›"),
                arguments(CREDIT_CARD, "2026-11-21 ‹4111111111111111›, {\"pan\":‹6011111111111117›}"),
                arguments(CREDIT_CARD, "‹2223003122003222› ‹3530111333300000› ‹6200000000000005›"),
                arguments(CREDIT_CARD, "wrong check digit 4111111111111112, no issuer 1111111111111117"),
                arguments(
                        CREDIT_CARD, "in 54111111111111111x, x4111111111111111, 4111111111111111y, 0.4111111111111111"),
                arguments(CREDIT_CARD, "epoch 1705314600123 1705314600123456789 id 00000000000000000000000"),
                arguments(CREDIT_CARD, "4111 1111 1111-1111 411111111111 1111"),
                arguments(IBAN, "to ‹DE89370400440532013000›, ‹GB82 WEST 1234 5698 7654 32› please"),
                arguments(IBAN, "‹NO9386011117947›"),
                arguments(IBAN, "DE89370400440532013001 XDE89370400440532013000 DE893704"));
    }

    private static Stream<Arguments> tokens() {
        return Stream.of(
                arguments(BEARER_TOKEN, "Authorization: Bearer ‹mF_9.B5f-4.1JqM› sent"),
                arguments(BEARER_TOKEN, "authorization: bearer ‹abcdefghijklmnopqrstuvwxyz›"),
                arguments(
                        BEARER_TOKEN, "the bearer of bad news, a bearer certificate, Bearer abc, forbearer 123456789"),
                arguments(JWT, "t=‹eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P›."),
                arguments(JWT, "eyJ eyJhbGciOiJIUzI1NiJ9 eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0 keyJa.b.c"),
                arguments(API_TOKEN, "push with ‹ghp_" + TOKEN + "›, ‹glpat-" + "x".repeat(20) + "›"),
                arguments(API_TOKEN, "‹xoxb-123456789012-abcdefghij› ‹sk_live_4eC39HqLyjWDarjtT1zdp7dc›"),
                arguments(API_TOKEN, "ghp_short skip sk-learn-0.24 task-force npm_config_registry"),
                arguments(AWS_ACCESS_KEY, "key ‹AKIAIOSFODNN7EXAMPLE›, ‹ASIAIOSFODNN7EXAMPLE›"),
                arguments(AWS_ACCESS_KEY, "AKIA AKIAIOSFODNN7EXAMPL XAKIAIOSFODNN7EXAMPLE"),
                arguments(URL_PASSWORD, "amqp://user:‹p@ss›@host:5672/, http://:‹x›@h https://h:80/a@b ftp://user@h"),
                arguments(PRIVATE_KEY, "k=‹-----BEGIN RSA PRIVATE KEY-----\\nMIIE\\n-----END RSA PRIVATE KEY-----›\\n"),
                arguments(PRIVATE_KEY, "a\n‹-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----›\nb"),
                arguments(PRIVATE_KEY, "‹-----BEGIN PRIVATE KEY----- and no end›"),
                arguments(PRIVATE_KEY, "-----BEGIN CERTIFICATE----- PRIVATE KEY -----BEGIN PUBLIC KEY-----"));
    }

    private static Stream<Arguments> secrets() {
        return Stream.of(
                arguments(SECRETS, "login user=joe password=‹hunter2› ok"),
                arguments(SECRETS, "PASSWORD: ‹hunter2›, db_passwd='‹a b \\' c›' pwd=\"‹x›\""),
                arguments(SECRETS, "GET /?api_key=‹abc›&client-secret=‹d›&page=2"),
                arguments(SECRETS, "X-Auth-Token: ‹abc› aws_secret_access_key=‹wJalr/XUt›"),
                arguments(SECRETS, "{\"user\":\"joe\",\"password\":\"‹a\\\"b›\",\"n\":1}"),
                arguments(SECRETS, "{\"apiKey\" : \"‹x›\", \"accessToken\":\"‹y›\"}"),
                arguments(SECRETS, "{\"log\":\"{\\\"password\\\":\\\"‹a\\\\\\\"b›\\\",\\\"n\\\":1}\\n\"}"),
                arguments(SECRETS, ":password=>\"‹x›\" secret := ‹y›"),
                arguments(SECRETS, "Authorization: ‹Basic am9lOng=›"),
                arguments(SECRETS, "-H 'Cookie: ‹a=b; c=d›' next"),
                arguments(SECRETS, "token='‹never closed›"),
                arguments(
                        SECRETS, "{\"token\":null,\"secret\":{\"name\":\"x\"},\"password\":\"\"} password= token=true"),
                arguments(SECRETS, "Accepted password for root from 10.0.0.1; tokens: 5 PWD=/root ; passwords=3 = :"));
    }
}
