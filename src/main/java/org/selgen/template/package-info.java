/**
 * A renderer of chat templates: the part of Jinja that they use, with the same characters as Hugging Face's
 * {@code apply_chat_template} gives. What it does not render it refuses by name; nothing is left out silently.
 *
 * <pre>
 *   template   = { text | "{{" list "}}" | "{%" statement "%}" | "{#" comment "#}" | raw }
 *   statement  = "if" list body { "elif" list body } [ "else" body ] "endif"
 *              | "for" targets "in" list [ "if" expression ] body [ "else" body ] "endfor"
 *              | "set" targets ( "=" list | { "|" filter } body "endset" )
 *              | "with" [ target "=" expression { "," target "=" expression } ] body "endwith"
 *              | "macro" name parameters body "endmacro"
 *              | "call" [ parameters ] expression body "endcall"
 *              | "filter" filter { "|" filter } body "endfilter"
 *              | "generation" body "endgeneration" | "break" | "continue" | "print" list
 *   targets    = target { "," target }              target = name [ "." name ] | "(" targets ")"
 *   parameters = "(" [ name [ "=" expression ] { "," name [ "=" expression ] } ] ")"
 *   list       = expression { "," expression }      a tuple where there is a comma
 *   expression = or { "if" or [ "else" expression ] }
 *   or         = and { "or" and }                   and  = not { "and" not }
 *   not        = "not" not | sum { ( "==" | "!=" | "&lt;" | "&lt;=" | "&gt;" | "&gt;=" | "in" | "not" "in" ) sum }
 *   sum        = joined { ( "+" | "-" ) joined }    joined = product { "~" product }
 *   product    = power { ( "*" | "/" | "//" | "%" ) power }
 *   power      = filtered { "**" filtered }
 *   filtered   = unary { "|" filter | "is" [ "not" ] test | call }
 *   unary      = ( "-" | "+" ) unary parts | primary parts
 *   parts      = { "." name | "." integer | "[" expression "]" | "[" slice "]" | call }
 *   slice      = [ expression ] ":" [ expression ] [ ":" [ expression ] ]
 *   primary    = name | string { string } | integer | float | "(" [ list ] ")" | "[" [ list ] "]" | dict
 *   filter     = name [ call ]                      test = name [ call | primary parts ]
 *   call       = "(" [ argument { "," argument } ] ")"
 *   argument   = expression | name "=" expression | "*" expression | "**" expression
 * </pre>
 *
 * <p>{@code trim_blocks} and {@code lstrip_blocks} are on, {@code autoescape} is off, and one newline at the end of a
 * template is dropped, all as Hugging Face has it. Functions are {@code range}, {@code dict}, {@code namespace},
 * {@code raise_exception}, and {@code strftime_now} where a day is given; filters and tests are those of Jinja 3.1, with
 * {@code tojson} of Hugging Face.
 *
 * <p>Not rendered: inheritance and imports, recursive loops, integers of more than 64 bits, keys of dicts but texts and
 * integers, filters for HTML, addresses and chance, printing what Python prints by its address in memory,
 * {@code generation} within what is not written in place, and what the sandbox of Jinja forbids.
 *
 * <p>Source: the documentation of Jinja 3.1 (template designer) and of chat templates in transformers 5.
 */
@NullMarked
package org.selgen.template;

import org.jspecify.annotations.NullMarked;
