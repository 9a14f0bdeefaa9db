/// What REST requests say: strict JSON bodies and parameters, refused in words that name the field.
@NullMarked
package dev.parley.messages.request;

import org.jspecify.annotations.NullMarked;
