/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.micrometer;

import io.github.unfriend.reactor.micrometer.UnfriendObservation;
import io.micrometer.common.docs.KeyName;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.docs.MeterDocumentation;
import org.jspecify.annotations.Nullable;

/** Every meter of the gateway. The table in README.md says the same; a test compares the two and the registry. */
public enum UnfriendMeter implements MeterDocumentation {
    /** Made from {@link UnfriendObservation#CALL}; how long answers take, by how the calls ended. */
    CALL("unfriend.call", "How long answers take, by how the calls ended", Meter.Type.TIMER, null, Key.PER_CALL),
    /** How long calls that have their connection wait for their turn. */
    PACER_WAIT(
            "unfriend.pacer.wait",
            "How long calls that have their connection wait for their turn",
            Meter.Type.TIMER,
            null,
            Key.PER_API),
    /** Accounts that got their last word. */
    ACCOUNTS(
            "unfriend.accounts",
            "Accounts that got their last word, by outcome and result code",
            Meter.Type.COUNTER,
            "accounts",
            Key.PER_RESULT),
    /** The most calls that may leave in a second now: less than configured while the service refuses calls. */
    PACER_LIMIT(
            "unfriend.pacer.limit",
            "The most calls that may leave in a second now",
            Meter.Type.GAUGE,
            "calls",
            Key.PER_GATEWAY_AND_API),
    /** Calls that wait for their turn now. */
    PACER_WAITING(
            "unfriend.pacer.waiting",
            "Calls that wait for their turn",
            Meter.Type.GAUGE,
            "calls",
            Key.PER_GATEWAY_AND_API),
    /** Calls that have left and have no answer yet. */
    PACER_IN_FLIGHT(
            "unfriend.pacer.in.flight",
            "Calls that have left and have no answer yet",
            Meter.Type.GAUGE,
            "calls",
            Key.PER_GATEWAY_AND_API),
    /** How long no call will leave, because the service asked for a pause; 0 when not paused. */
    PACER_PAUSE(
            "unfriend.pacer.pause",
            "How long no call will leave, because the service asked for a pause",
            Meter.Type.GAUGE,
            "seconds",
            Key.PER_GATEWAY_AND_API),
    /** Repetitions that may still be spent before they are slowed down: full at 500, and every answer brings one back. */
    RETRY_BUDGET(
            "unfriend.retry.budget",
            "Repetitions left before they are slowed down",
            Meter.Type.GAUGE,
            "tokens",
            Key.PER_GATEWAY);

    private final String name;
    private final String description;
    private final Meter.Type type;
    private final @Nullable String unit;

    @SuppressWarnings("ImmutableEnumChecker") // only copies of it leave this class
    private final KeyName[] keys;

    UnfriendMeter(String name, String description, Meter.Type type, @Nullable String unit, KeyName[] keys) {
        this.name = name;
        this.description = description;
        this.type = type;
        this.unit = unit;
        this.keys = keys;
    }

    @Override
    public String getName() {
        return name;
    }

    /**
     * What it says, as registries show it.
     *
     * @return one short sentence
     */
    public String description() {
        return description;
    }

    @Override
    public Meter.Type getType() {
        return type;
    }

    @Override
    public @Nullable String getBaseUnit() {
        return unit;
    }

    @Override
    public KeyName[] getKeyNames() {
        return keys.clone();
    }

    /** The tags of the meters; those of the call are {@link UnfriendObservation.CallKey}. */
    public enum Key implements KeyName {
        /** The vendor's name of the API. */
        API("api"),
        /** The name of the region, or custom. */
        REGION("region"),
        /** The SDKAppID. */
        SDK_APP_ID("sdk.app.id"),
        /** Tells open gateways of one SDKAppID and region apart: 1 for the first, and numbers that are free again first. */
        GATEWAY("gateway"),
        /** The {@link io.github.unfriend.Outcome} in lower case. */
        OUTCOME("outcome"),
        /** The result code; {@code other} for one that is in none of the vendor's tables, so that they stay few. */
        CODE("code"),
        /** {@code CallFailure} or none; Micrometer's handlers add it to everything that they time. */
        ERROR("error");

        private static final KeyName[] PER_GATEWAY = {REGION, SDK_APP_ID, GATEWAY};
        private static final KeyName[] PER_API = {API, REGION, SDK_APP_ID};
        private static final KeyName[] PER_GATEWAY_AND_API = {API, REGION, SDK_APP_ID, GATEWAY};
        private static final KeyName[] PER_CALL =
                KeyName.merge(UnfriendObservation.CallKey.values(), new KeyName[] {ERROR});
        private static final KeyName[] PER_RESULT = {API, REGION, SDK_APP_ID, OUTCOME, CODE};

        private final String key;

        Key(String key) {
            this.key = key;
        }

        @Override
        public String asString() {
            return key;
        }
    }
}
