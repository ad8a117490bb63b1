package dev.mgmt.tunnel;

import dev.mgmt.tunnel.identity.Person;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers questions in turn, and fails the test if two are asked at a time. */
public final class ScriptedPerson implements Person {
    private final List<String> answers;
    private final List<Question> questions = new ArrayList<>();
    private final List<char[]> given = new ArrayList<>();
    private final AtomicInteger asking = new AtomicInteger();

    private ScriptedPerson(List<String> answers) {
        this.answers = List.copyOf(answers);
    }

    /** Gives no answer once these are used up. */
    public static ScriptedPerson answering(String... answers) {
        return new ScriptedPerson(List.of(answers));
    }

    @Override
    public Optional<String> absence() {
        return Optional.empty();
    }

    @Override
    public Optional<char[]> ask(Question question) {
        if (asking.incrementAndGet() > 1) {
            throw new AssertionError("two questions at a time");
        }
        try {
            Thread.sleep(20);
            synchronized (this) {
                questions.add(question);
                if (questions.size() > answers.size()) {
                    return Optional.empty();
                }
                char[] answer = answers.get(questions.size() - 1).toCharArray();
                given.add(answer);
                return Optional.of(answer);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            asking.decrementAndGet();
        }
    }

    public synchronized List<Question> questions() {
        return List.copyOf(questions);
    }

    /** Whether every answer was overwritten by whoever got it. */
    public synchronized boolean isForgotten() {
        return given.stream().allMatch(answer -> new String(answer).isBlank() || allZero(answer));
    }

    private static boolean allZero(char[] answer) {
        for (char c : answer) {
            if (c != '\0') {
                return false;
            }
        }
        return true;
    }
}
