package org.selgen.method;

import java.io.Serializable;

/** What an experiment compares: methods that it trains by, and what other tools have made. */
public sealed interface Candidate extends Serializable permits Method, External {}
