/// The whole product as its users meet it: one stack of real processes ([Stack]) that all classes
/// share, people with accounts ([Person]) and their sessions over real WebSockets ([Live]).
package dev.parley.system;
