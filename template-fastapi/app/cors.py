"""Cross-origin requests (https://fetch.spec.whatwg.org/#http-cors-protocol)."""

from starlette.datastructures import Headers
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import Response


class QuietCORSMiddleware(CORSMiddleware):
    """Refuses a preflight by saying nothing: a browser needs no more, and nobody else asks."""

    def preflight_response(self, request_headers: Headers) -> Response:
        answer = super().preflight_response(request_headers)
        if answer.status_code < 400:
            return answer
        return Response(status_code=204, headers={"Vary": "Origin"})
