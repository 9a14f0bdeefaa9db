package dev.parley.messages.history;

import dev.parley.contracts.ErrorCode;
import dev.parley.runtime.problem.Problem;
import io.quarkus.security.Authenticated;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;

/// `/api/search` is in the protocol and not in this version: says so, instead of leaving the client
/// to guess whether it has the address wrong.
@Path("/api/search")
@Authenticated
class SearchResource {
  @GET
  @Operation(hidden = true)
  public void search() {
    throw new Problem(ErrorCode.NOT_FOUND, "'search' is not available in this version.");
  }
}
