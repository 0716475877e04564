/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.lease;

/**
 * What one process tells the store.
 *
 * @param sequence greater than in any request of this process before: an older one that arrives later is ignored
 * @param wants places that it could use
 * @param holds places that it keeps; what it held beyond them is free for others
 * @param refusals calls that the service refused for their rate since the last request
 * @param pauseMillis how long nobody is to call, or 0
 */
public record LeaseRequest(long sequence, int wants, int holds, int refusals, long pauseMillis) {}
