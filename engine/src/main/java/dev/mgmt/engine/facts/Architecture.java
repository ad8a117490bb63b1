package dev.mgmt.engine.facts;

/** Processors by the names that {@code uname -m} gives them. */
final class Architecture {
    private Architecture() {}

    /**
     * @param java the name that Java gives it
     */
    static String name(String java) {
        return java.equals("amd64") ? "x86_64" : java;
    }
}
