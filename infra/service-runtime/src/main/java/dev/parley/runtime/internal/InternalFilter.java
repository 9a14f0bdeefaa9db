package dev.parley.runtime.internal;

import dev.parley.contracts.ErrorCode;
import dev.parley.runtime.problem.Problem;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/// Refuses calls of internal addresses without the service credential. What is internal is read
/// from the resource that would answer, not from the text of the address, which has many spellings.
///
/// Public because the framework's generated code calls it; services never do.
public class InternalFilter {
  private static final String INTERNAL = "internal";

  private final ServiceCredential credential;

  InternalFilter(ServiceCredential credential) {
    this.credential = credential;
  }

  @ServerRequestFilter
  public void check(ContainerRequestContext request, ResourceInfo resource) {
    if (isInternal(resource.getResourceClass(), resource.getResourceMethod())
        && !credential.matches(request.getHeaderString(ServiceCredential.HEADER))) {
      throw new Problem(ErrorCode.FORBIDDEN, "This address is for services only.");
    }
  }

  static boolean isInternal(Class<?> resource, Method method) {
    String template = path(resource) + "/" + path(method);
    return template.replaceFirst("^/+", "").split("/", 2)[0].equals(INTERNAL);
  }

  private static String path(AnnotatedElement element) {
    Path path = element.getAnnotation(Path.class);
    return path == null ? "" : path.value();
  }
}
