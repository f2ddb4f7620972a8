package org.selgen.data;

import java.util.List;

/** Anything that answers a conversation: a local model, an endpoint, a lambda in a test. */
@FunctionalInterface
public interface ChatModel {
    /** The next assistant turn. */
    String reply(List<Message> chat);
}
