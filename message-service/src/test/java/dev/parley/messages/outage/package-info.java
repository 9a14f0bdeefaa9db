/// What becomes of the service when a link to what it needs swallows everything.
package dev.parley.messages.outage;
