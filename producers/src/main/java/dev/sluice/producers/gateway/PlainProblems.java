package dev.sluice.producers.gateway;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Answers that the server gives before a request reaches us: a broken or too large header. */
final class PlainProblems extends ErrorHandler {
  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    int status = response.getStatus() == 0 ? 500 : response.getStatus();
    Problem problem =
        status == 431
            ? new Problem(
                431, "header", "The header is too large", "send fewer or shorter headers", 0)
            : new Problem(
                status, "http", "The request cannot be handled", "check that it is HTTP/1.1", 0);
    response.setStatus(status);
    response.getHeaders().put(new HttpField(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE));
    byte[] body = problem.json().toString().getBytes(StandardCharsets.UTF_8);
    response.write(true, ByteBuffer.wrap(body), callback);
    return true;
  }
}
