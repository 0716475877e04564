/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.micrometer;

import io.micrometer.common.KeyValues;
import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.docs.ObservationDocumentation;

/** Names what handlers and conventions of an application observe of a gateway. */
public enum UnfriendObservation implements ObservationDocumentation {

    /**
     * One attempt of one call, from the moment it has its permit and is written until its answer is read. It takes no
     * time at all when it could not be written. Its parent is the observation in the subscriber's Context.
     */
    CALL {
        @Override
        public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
            return CallConvention.class;
        }

        @Override
        public KeyName[] getLowCardinalityKeyNames() {
            return CallKey.values();
        }

        @Override
        public KeyName[] getHighCardinalityKeyNames() {
            return CallDetail.values();
        }

        @Override
        public String getPrefix() {
            return "";
        }
    };

    /** What every call carries as tags of its timer: few values each. */
    public enum CallKey implements KeyName {
        /** The vendor's name of the API: friend_delete, friend_delete_all. */
        API("api"),
        /** The name of the region, or custom. */
        REGION("region"),
        /** The SDKAppID, which keeps several gateways in one application apart. */
        SDK_APP_ID("sdk.app.id"),
        /**
         * answered, refused, no_answer (written, and no readable answer came), not_sent (no connection), abandoned
         * (written, and the subscriber left); none before the end.
         */
        OUTCOME("outcome"),
        /** The {@link io.github.unfriend.ErrorCategory} of the code in lower case; none if there was no error. */
        ERROR_CATEGORY("error.category");

        private final String key;

        CallKey(String key) {
            this.key = key;
        }

        @Override
        public String asString() {
            return key;
        }
    }

    /** What a span carries beside that; not on timers. */
    public enum CallDetail implements KeyName {
        /** How many accounts the call was about. */
        ACCOUNTS("unfriend.accounts"),
        /** The number of the attempt for these accounts. */
        ATTEMPT("unfriend.attempt"),
        /** The ErrorCode of the answer, or a local code. */
        CODE("unfriend.code");

        private final String key;

        CallDetail(String key) {
            this.key = key;
        }

        @Override
        public String asString() {
            return key;
        }
    }

    /**
     * Names an observation of a call and says what it carries. To name it otherwise, implement this together with
     * {@link io.micrometer.observation.GlobalObservationConvention} and register it with the observation registry.
     */
    public interface CallConvention extends ObservationConvention<CallContext> {

        /** The one that is used unless another is registered. */
        CallConvention STANDARD = new CallConvention() {};

        @Override
        default String getName() {
            return "unfriend.call";
        }

        @Override
        default String getContextualName(CallContext context) {
            return context.api().command();
        }

        @Override
        default KeyValues getLowCardinalityKeyValues(CallContext context) {
            return KeyValues.of(
                    CallKey.API.withValue(context.api().command()),
                    CallKey.REGION.withValue(context.region()),
                    CallKey.SDK_APP_ID.withValue(Long.toString(context.sdkAppId())),
                    CallKey.OUTCOME.withValue(context.outcome()),
                    CallKey.ERROR_CATEGORY.withValue(context.errorCategory()));
        }

        @Override
        default KeyValues getHighCardinalityKeyValues(CallContext context) {
            return KeyValues.of(
                    CallDetail.ACCOUNTS.withValue(Integer.toString(context.accounts())),
                    CallDetail.ATTEMPT.withValue(Integer.toString(context.attempt())),
                    CallDetail.CODE.withValue(Integer.toString(context.code())));
        }

        @Override
        default boolean supportsContext(Observation.Context context) {
            return context instanceof CallContext;
        }
    }
}
