/* SPDX-License-Identifier: Apache-2.0 */
/**
 * When a call may leave, so that no sliding second at the service holds more calls than it allows.
 *
 * <p><b>Who lives here.</b> {@code SlidingPacer} has an {@code ApiPacer} for each API: a queue of callers ({@code
 * QueuedPermit}). {@code SlidingWindow} knows which places are taken and when they come back; {@code Route} knows how
 * long the way to one host takes; {@code Silence} says when only probes leave; {@code
 * PermitSpacing} at what distance calls leave; {@code AdaptiveLimit} how many the service takes, if it takes fewer. {@code
 * LeasedPlaces} is how a lease from elsewhere changes the number of places. One thread at a time drains what all others
 * tell. Nothing here knows of HTTP, batches or retries.
 *
 * <p><b>The rule.</b> There are as many places as calls are allowed in a second. A call takes a place when it is granted.
 * It gives it back one second after the time by which it has arrived at the service for sure. Nobody can see arrivals,
 * but answers bound them. For one host, let {@code w} be when the call was written, {@code r} when its answer came,
 * {@code R} the shortest possible round trip, {@code G} the guard: no request arrives before one that was written {@code G}
 * earlier.
 *
 * <pre>
 *   client   w                        r            w  G later  w'         r'
 *   ---------+------------------------^------      +-----------+----------^-----
 *             \                      /              \           \        /
 *              \   at most r - w - R/                \           \      /
 *   service  ---+~~~~~~~~~~+-------+-------         --+~~~~~~~~~~~+----+--------
 *                          arrived                    arrived before this one
 *
 *   its own answer: by r - R                an answer to a call written G later: by r' - R
 * </pre>
 *
 * <p>So an answer acknowledges every call that was written {@code G} or more before the call that it answers, as in TCP.
 * The first sign counts; half a millisecond is added for clocks. Only an answer of the service itself counts: a 502 comes
 * from somebody in front of it.
 *
 * <p><b>The proof.</b> A request takes {@code x} to the service, its answer {@code y} back. Call 1 has a place first, call
 * 2 has it next. Let {@code r} be the sign by which the place of call 1 came back: its own answer, or that to a call
 * before which it had arrived. Either way it arrived at {@code a <= r - y1}, where {@code y1} is the way back of that
 * answer. Call 2 was granted at {@code r - R + 1 s} or later, so it arrives at {@code b >= r - R + 1 s + x2}. Therefore
 * {@code b - a >= 1 s + (x2 + y1 - R)}. No way there and back is shorter than {@code R}, so {@code x2 + y1 >= R} and
 * {@code b - a >= 1 s}. A sliding second holds at most one call of each place, and no more calls than there are places.
 * It holds also when the service stands still: what arrived before a stall was written before it, and what waits in it is
 * acknowledged by nothing that arrived before.
 *
 * <p><b>What it rests on.</b> No request to one host is overtaken by one that was written the guard later, and no round trip
 * is shorter than {@code R}. The shortest of those that were seen in the last ten to twenty seconds is a little
 * longer: by no more than twice what it is shorter than the sixteenth, and that is taken off, at most the guard. For if
 * round trips are as frequent near their least as elsewhere, the distances between the shortest ones are alike, and the
 * unseen one is one of them. If the way and the service vary both, they are rarer there, and this fails one time in 6,000.
 * In the first second, after twenty seconds without a call, in a silence, and while fewer than sixteen are known, nothing
 * is taken for the shortest: the whole round trip is held. Between two hosts the ways do not cancel out: there a place
 * comes back one second after the answer.
 *
 * <p><b>No answer.</b> A call that is neither answered nor acknowledged keeps its place, for a minute at most. Half a
 * second without any answer of the service while calls are out is a silence: then only probes leave, from the 15 % of the
 * places that are kept for them. So never more calls wait at the service than it allows in a second, also when they time
 * out at the client and are sent again, and the end of a silence is seen soon. Below 7 calls a second no place can be
 * kept; there the place of a call comes back five seconds after its timeout. When the gateway gives up a host, the places
 * of its calls come back five seconds later.
 *
 * <p><b>A service that allows less.</b> If it refuses calls for their rate, fewer are allowed ({@code AdaptiveLimit}).
 *
 * <ul>
 *   <li><b>Down.</b> The first refusal after a calm says most: just then the service had taken as many calls in one second
 *       as it would. The limit falls to that number, but to no less than half at once, since few calls may have been made
 *       or somebody else may have used the quota up for a moment. If refusals go on a second later, when the calls that
 *       were under way at the last cut have been answered, it is halved again down to that number, and then by a
 *       twentieth.
 *   <li><b>Up.</b> At most one call in a hundred is to be refused. After n refusals the next step up waits until 150 n
 *       calls have passed, for ten seconds at least and forty at most. The first steps are of one call, since most often
 *       the limit is where it was; while nobody objects they double every two seconds. A service that allows 150 is met
 *       now and then by a few calls too many; one that has recovered has its full rate back within 40 s and {@code 2 s *
 *       (log2(limit) + 2)}.
 *   <li>Where many processes share one quota the limit is of them all, and another rule finds it: {@code lease.lua}.
 * </ul>
 *
 * <p><b>What it costs.</b> {@code places / (1 s + mean hold)} calls flow each second. In virtual time with 200 places, at
 * most 200 in any second each:
 *
 * <pre>
 *   answers take 20 to 30 ms                              198.7
 *   the way and the service vary by 10 ms each            197.6
 *   every other answer takes 500 ms                       197.9
 *   answers take 5 to 500 ms, any                         185
 *   5 and 500 ms, changing each second                    152
 * </pre>
 *
 * <p>While 85 % of the places are of calls that nothing has acknowledged, no other call leaves. So if answers take longer
 * than 0.85 s, the rate falls to 170 for each round trip.
 *
 * <p>So it costs rate only where the service is erratic or slow. Whoever knows that it is the service that varies and not the way
 * caps what is held ({@code PacerBuilder.jitterAtMost}).
 */
@NullMarked
package io.github.unfriend.reactor.internal.pacing;

import org.jspecify.annotations.NullMarked;
