package org.selgen.data;

import java.io.Serializable;

/**
 * How far the questions of one label lie from the proxy rows, by the words of their prompts: cosine distances between TF-IDF
 * vectors, from 0 for the same words to 1 for none in common.
 *
 * @param experiment whose datasets decide how rare a word is
 * @param proxy the proxy dataset
 * @param dataset the questions' dataset
 * @param label the kind of question
 * @param centroid distance between the mean vectors of both sets, in [0, 1]
 * @param nearest mean over the questions of the distance to the nearest proxy prompt, in [0, 1]
 * @param proxyTexts different proxy prompts
 * @param questionTexts different questions of the label
 * @param texts hash of all texts of the experiment: equal hash, equal distances
 */
public record Proximity(
        String experiment,
        String proxy,
        String dataset,
        String label,
        double centroid,
        double nearest,
        long proxyTexts,
        long questionTexts,
        String texts)
        implements Serializable {}
