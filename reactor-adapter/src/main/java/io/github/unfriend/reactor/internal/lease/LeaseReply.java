/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.lease;

/**
 * What the store answers.
 *
 * @param holds places of this process from now on
 * @param target places that it should have: if it holds more, it is to give the rest back as soon as it can
 * @param pauseMillis how long nobody is to call
 * @param limit places of all processes together at this time
 * @param members processes that hold or want places
 */
public record LeaseReply(int holds, int target, long pauseMillis, int limit, int members) {}
