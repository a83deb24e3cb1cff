package dev.scopegate.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.scopegate.export.ExportLimit.Per;
import dev.scopegate.export.ExportLimit.Unit;
import dev.scopegate.export.ExportOutcome;
import dev.scopegate.export.ExportPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What each kind of policy lets out, and how its refusals and limits are told, in each container. */
@ParameterizedClass
@EnumSource(ExportServers.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExportPolicyTest extends ExportContract {
    @Override
    void addServlets() {
        ExportServlets.addTo(this);
    }

    @Test
    void whatIsRefusedSaysWhenTheLimitRenews() throws Exception {
        exports.limit(Unit.BYTES, Per.HOUR, 600);
        assertThat(get("/stream?n=500").status()).isEqualTo(200);

        Reply reply = get("/stream?n=200");

        assertThat(reply.code()).isEqualTo("export_limit_exceeded");
        assertThat(reply.body()).contains("\"used\":500,\"requested\":101");
        assertThat(Integer.parseInt(reply.header("retry-after"))).isBetween(1, 3_600);
    }

    @Test
    void aLimitPerResponseLetsTheNextOnePass() throws Exception {
        exports.limit(Unit.BYTES, Per.RESPONSE, 600);

        assertThat(get("/stream?n=601").code()).isEqualTo("export_limit_exceeded");
        Reply reply = get("/stream?n=600");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("ratelimit-policy")).isEqualTo("\"bytes-response\";q=600;qu=\"content-bytes\"");
        assertThat(reply.header("ratelimit")).isEqualTo("(none)");
    }

    @Test
    void limitedResponsesTellTheirLimitsAsTheyStoodBefore() throws Exception {
        exports.limit(Unit.BYTES, Per.HOUR, 600);
        get("/stream?n=500");

        Reply reply = get("/stream?n=1");

        assertThat(reply.header("ratelimit-policy"))
                .isEqualTo("\"bytes-hour-token\";q=600;qu=\"content-bytes\";w=3600");
        assertThat(reply.header("ratelimit")).matches("\"bytes-hour-token\";r=100;t=\\d+");
    }

    @Test
    void aResourceWithoutAPolicyLetsNothingOut() throws Exception {
        exports.policies.remove(ExportFixture.RESOURCE);

        Reply reply = get("/stream?n=1");

        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.code()).isEqualTo("permission_denied");
    }

    @Test
    void aPolicyThatLimitsNothingLetsEverythingOut() throws Exception {
        exports.policies.put(ExportFixture.RESOURCE, ExportPolicy.UNLIMITED);

        Reply reply = get("/stream?n=100000");

        assertThat(data(reply)).isEqualTo(100_000);
        assertThat(isWhole(reply)).isTrue();
        assertThat(reply.header("ratelimit-policy")).isEqualTo("(none)");
        assertThat(exports.outcomes).singleElement().satisfies(one -> {
            assertThat(one.left().bytes()).isEqualTo(100_000);
            assertThat(one.code()).isNull();
        });
    }

    @Test
    void dataLeavesOnlyToThePolicysNetworks() throws Exception {
        exports.networks("192.0.2.0/24");
        Reply refused = get("/stream?n=1");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.code()).isEqualTo("export_ip_not_allowed");
        assertThat(refused.body())
                .contains("{\"resource\":\"dataset:a\",\"limit\":\"ip\",\"client_ip\":\"127.0.0.1\"}");

        exports.networks("192.0.2.0/24", "127.0.0.0/8");
        assertThat(get("/stream?n=1").status()).isEqualTo(200);
    }

    @Test
    void whatIsOnlyObservedPassesAndIsTold() throws Exception {
        exports.limit(Unit.BYTES, Per.DAY, 600);
        ExportPolicy enforced = exports.policies.find(ExportFixture.RESOURCE);
        exports.policies.put(
                ExportFixture.RESOURCE,
                new ExportPolicy(ExportPolicy.Mode.OBSERVE, enforced.networks(), enforced.limits()));

        Reply reply = get("/stream?n=2000");

        assertThat(data(reply)).isEqualTo(2_000);
        assertThat(isWhole(reply)).isTrue();
        assertThat(bytes().used()).isEqualTo(2_000);
        assertThat(exports.outcomes).extracting(ExportOutcome::code).containsExactly("export_limit_exceeded");
    }

    @Test
    void otherServletsAreNotLimited() throws Exception {
        exports.limit(Unit.BYTES, Per.DAY, 0);

        assertThat(data(get("/free?n=3000"))).isEqualTo(3_000);
        assertThat(get("/stream?n=0").status()).isEqualTo(403);
    }
}
