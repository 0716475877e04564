/* SPDX-License-Identifier: Apache-2.0 */
package io.github.unfriend.reactor.internal.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;

/** The gatherer against the simplest thing that could do the same. */
class AccountBatcherTest {

    /** So short that the reach is always the same. */
    private static final int REACH = 1;

    private final Map<String, Owner<String>> owners = new HashMap<>();

    private Pending<String> add(AccountBatcher<String> gatherer, String owner, String account, long now) {
        Pending<String> element = new Pending<>(account, owner, account, null);
        gatherer.add(owners.computeIfAbsent(owner, Owner::new), element, now);
        return element;
    }

    /** Of the model: the accounts of one owner, and how many accounts had come when the last of them came. */
    private static final class Waiting {
        final List<String> accounts = new ArrayList<>();
        long grewAt;
    }

    /** Numbers below 900 add an account, the others take a group out in one of four ways. */
    @Property(tries = 500)
    void doesWhatAMapOfListsWouldDo(
            @ForAll @IntRange(min = 1, max = 7) int maxBatch,
            @ForAll @Size(max = 400) List<@IntRange(max = 999) Integer> steps) {
        owners.clear();
        AccountBatcher<String> gatherer = new AccountBatcher<>(maxBatch, REACH);
        Map<String, Waiting> model = new LinkedHashMap<>(); // in the order of age
        List<List<String>> full = new ArrayList<>();
        long added = 0;
        for (int step : steps) {
            if (step < 900) {
                added++;
                String owner = "o" + step % 6;
                String account = "a" + added;
                add(gatherer, owner, account, added);
                Waiting group = model.computeIfAbsent(owner, name -> new Waiting());
                group.accounts.add(account);
                group.grewAt = added;
                if (group.accounts.size() == maxBatch) {
                    full.add(model.remove(owner).accounts);
                }
            } else if (step < 925) {
                Group<String> group = gatherer.full();
                assertThat(names(group)).isEqualTo(full.isEmpty() ? null : full.remove(0));
                take(gatherer, group);
            } else if (step < 950) {
                takeOpen(gatherer, gatherer.oldest(), model);
            } else if (step < 975) {
                Group<String> group = gatherer.fullest();
                int most = model.values().stream()
                        .mapToInt(each -> each.accounts.size())
                        .max()
                        .orElse(0);
                assertThat(group == null ? 0 : group.size()).isEqualTo(most);
                takeOpen(gatherer, group, model);
            } else {
                long now = added;
                Group<String> group = gatherer.stale();
                assertThat(group != null)
                        .isEqualTo(model.values().stream().anyMatch(each -> now - each.grewAt >= REACH));
                if (group != null) {
                    takeOpen(gatherer, group, model);
                }
            }
            assertThat(gatherer.inFullGroups()).isEqualTo((long) full.size() * maxBatch);
            Group<String> oldest = gatherer.oldest();
            assertThat(oldest == null ? null : oldest.fromAccount())
                    .isEqualTo(model.keySet().stream().findFirst().orElse(null));
        }
    }

    private static @Nullable List<String> names(@Nullable Group<String> group) {
        return group == null ? null : accounts(group);
    }

    private static List<String> accounts(Group<String> group) {
        return group.accounts().stream().map(Pending::toAccount).toList();
    }

    private static void take(AccountBatcher<String> gatherer, @Nullable Group<String> group) {
        if (group != null) {
            gatherer.take(group);
        }
    }

    private static void takeOpen(
            AccountBatcher<String> gatherer, @Nullable Group<String> group, Map<String, Waiting> model) {
        if (group == null) {
            assertThat(model).isEmpty();
            return;
        }
        Waiting expected = Objects.requireNonNull(model.remove(group.fromAccount()));
        assertThat(accounts(group)).isEqualTo(expected.accounts);
        take(gatherer, group);
    }

    /** However many owners there are, the groups that are worth waiting for are no more than the reach. */
    @Property(tries = 20)
    void noMoreGroupsThanTheReachAreWorthWaitingFor(@ForAll @IntRange(min = 1, max = 2000) int count) {
        owners.clear();
        AccountBatcher<String> gatherer = new AccountBatcher<>(1000, REACH);
        int waiting = 0;
        for (int i = 0; i < count; i++) {
            add(gatherer, "o" + i, "a", i);
            waiting++;
            Group<String> stale;
            while ((stale = gatherer.stale()) != null) {
                gatherer.take(stale);
                waiting--;
            }
            assertThat(waiting).isLessThanOrEqualTo(REACH);
        }
    }

    @Property(tries = 50)
    void theOldestGroupIsTheOneWhoseFirstAccountCameFirst(@ForAll @IntRange(min = 1, max = 50) int count) {
        owners.clear();
        AccountBatcher<String> gatherer = new AccountBatcher<>(1000, 1000);
        for (int i = 0; i < count; i++) {
            add(gatherer, "o" + i, "a", i);
        }
        add(gatherer, "o0", "b", count);
        for (int i = 0; i < count; i++) {
            Group<String> oldest = Objects.requireNonNull(gatherer.oldest());
            assertThat(oldest.since).isEqualTo(i);
            assertThat(oldest.fromAccount()).isEqualTo("o" + i);
            gatherer.take(oldest);
        }
    }
}
