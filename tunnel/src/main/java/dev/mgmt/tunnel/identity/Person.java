package dev.mgmt.tunnel.identity;

import java.util.Optional;

/** Who sits at the console. Asked one thing at a time, which whoever asks sees to. */
public interface Person {
    /** There is nobody, as in a job that runs at night. */
    Person NOBODY =
            new Person() {
                @Override
                public Optional<String> absence() {
                    return Optional.of("nobody can be asked");
                }

                @Override
                public Optional<char[]> ask(Question question) {
                    return Optional.empty();
                }
            };

    enum Echo {
        /** What is typed is no secret. */
        SHOWN,
        HIDDEN
    }

    /**
     * @param host whom it is about, as the inventory calls it
     * @param text a line or several; it may have been written by the host, so it is to be made
     *     harmless before a terminal gets it
     */
    record Question(String host, String text, Echo echo) {}

    /** Why nobody can be asked; empty: somebody can. */
    Optional<String> absence();

    /** Empty if no answer was given. The array is wiped by whoever asked. */
    Optional<char[]> ask(Question question);
}
