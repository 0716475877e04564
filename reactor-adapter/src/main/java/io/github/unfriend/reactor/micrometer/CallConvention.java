/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.micrometer;

import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * Names an observation of a call and says what it carries. To name it otherwise, implement this together with {@link
 * io.micrometer.observation.GlobalObservationConvention} and register it with the observation registry.
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
                UnfriendObservation.CallKey.API.withValue(context.api().command()),
                UnfriendObservation.CallKey.REGION.withValue(context.region()),
                UnfriendObservation.CallKey.SDK_APP_ID.withValue(Long.toString(context.sdkAppId())),
                UnfriendObservation.CallKey.OUTCOME.withValue(context.outcome()),
                UnfriendObservation.CallKey.ERROR_CATEGORY.withValue(context.errorCategory()));
    }

    @Override
    default KeyValues getHighCardinalityKeyValues(CallContext context) {
        return KeyValues.of(
                UnfriendObservation.CallDetail.ACCOUNTS.withValue(Integer.toString(context.accounts())),
                UnfriendObservation.CallDetail.ATTEMPT.withValue(Integer.toString(context.attempt())),
                UnfriendObservation.CallDetail.CODE.withValue(Integer.toString(context.code())));
    }

    @Override
    default boolean supportsContext(Observation.Context context) {
        return context instanceof CallContext;
    }
}
