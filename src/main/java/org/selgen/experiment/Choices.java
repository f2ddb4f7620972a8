package org.selgen.experiment;

import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import org.selgen.data.BadInput;
import org.selgen.data.Default;
import org.selgen.data.Question;
import org.selgen.data.Recipe;

/**
 * Words among which a model is made to choose by their probability, besides answering freely.
 *
 * @param words at least two; the right answer of every question is one of them
 * @param after how the answer begins, as {@code "it is "}
 */
public record Choices(List<String> words, @Default("''") String after) implements Serializable {
    public Choices {
        if (new HashSet<>(words).size() < Math.max(2, words.size())) {
            throw new BadInput("choices.words is " + words + " but must be at least two different words; change it");
        }
    }

    /** What decides the probabilities besides run and question: the column {@code decoding} of their rows. */
    public String key() {
        return key(Recipe.ANSWERS);
    }

    /** The same of probabilities of another {@linkplain Recipe#ANSWERS recipe}; those of the first name none. */
    String key(int recipe) {
        return "next" + Recipe.suffix(recipe) + ",after=" + after + ",words=" + String.join("|", words);
    }

    /** Refuses a question whose right answer is no choice. */
    public void check(Question question) {
        if (!words.contains(question.gold())) {
            throw new BadInput("choices.words is " + words + " but the right answer of question '" + question.id()
                    + "' of " + question.dataset() + " is '" + question.gold() + "'; add it");
        }
    }
}
