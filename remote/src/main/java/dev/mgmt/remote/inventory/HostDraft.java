package dev.mgmt.remote.inventory;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A host as files name it, before precedence is settled.
 *
 * @param place where it is named first
 * @param groups in the file's order
 */
record HostDraft(
        String name, Place place, HostFields own, List<Membership> groups, HostFields defaults) {
    HostDraft {
        groups = List.copyOf(groups);
    }

    record Membership(String group, HostFields fields) {}

    HostDraft called(String otherName) {
        return new HostDraft(otherName, place, own, groups, defaults);
    }

    HostPattern.Candidate candidate() {
        return new HostPattern.Candidate(
                name, groups.stream().map(Membership::group).collect(Collectors.toSet()));
    }
}
