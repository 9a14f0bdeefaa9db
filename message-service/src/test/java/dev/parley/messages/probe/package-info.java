/// What tests play gateways and look into stores with.
package dev.parley.messages.probe;
